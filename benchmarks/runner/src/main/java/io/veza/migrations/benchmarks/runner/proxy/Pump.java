package io.veza.migrations.benchmarks.runner.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection: carries bytes from one socket to the other, each chunk
 * by the same time later. Chunks are on their way together, as on a long wire.
 */
final class Pump {

	private static final int CHUNK = 64 * 1024;

	private static final Chunk END = new Chunk(0, new byte[0]);

	private final Socket from;

	private final Socket to;

	private final MessageReader reader;

	private final long delay;

	private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();

	Pump(Socket from, Socket to, MessageReader reader, Duration delay) {
		this.from = from;
		this.to = to;
		this.reader = reader;
		this.delay = delay.toNanos();
	}

	void start() {
		daemon("proxy reads", this::receive);
		daemon("proxy writes", this::deliver);
	}

	private static void daemon(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void receive() {
		byte[] buffer = new byte[CHUNK];
		try {
			InputStream in = this.from.getInputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				this.reader.read(buffer, count);
				this.underWay.add(new Chunk(System.nanoTime() + this.delay, Arrays.copyOf(buffer, count)));
			}
		}
		catch (IOException ex) {
			// the other side learns of it by the end of the stream
		}
		this.underWay.add(END);
	}

	private void deliver() {
		try (Socket target = this.to) {
			OutputStream out = target.getOutputStream();
			for (Chunk chunk = this.underWay.take(); chunk != END; chunk = this.underWay.take()) {
				chunk.await();
				out.write(chunk.bytes);
			}
		}
		catch (IOException ex) {
			// nobody is left to deliver to
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Bytes under way. */
	private static final class Chunk {

		private final long due;

		private final byte[] bytes;

		Chunk(long due, byte[] bytes) {
			this.due = due;
			this.bytes = bytes;
		}

		void await() {
			for (long left = this.due - System.nanoTime(); left > 0; left = this.due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
		}

	}

}
