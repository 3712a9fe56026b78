package io.veza.migrations.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Counts how often a client turns to the server after it has waited for an answer: its
 * first connection leads through a proxy, later ones do not. What it takes to connect
 * does not count, nor does the farewell.
 */
public final class RoundTrips extends AbstractDataSource implements AutoCloseable {

	private static final int READY_FOR_QUERY = 'Z';

	private static final int READY_FOR_QUERY_LENGTH = 6;

	private static final int TERMINATE = 'X';

	private final TestDatabase database;

	private final ServerSocket listener;

	private final AtomicBoolean taken = new AtomicBoolean();

	private final AtomicBoolean answered = new AtomicBoolean();

	private final AtomicInteger count = new AtomicInteger();

	private RoundTrips(TestDatabase database) throws IOException {
		this.database = database;
		this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

	/**
	 * Return a source of one connection that is counted, and of others that are not.
	 * @param database the database
	 * @return the data source, to be closed
	 */
	public static RoundTrips to(TestDatabase database) {
		try {
			RoundTrips trips = new RoundTrips(database);
			trips.start(trips::serve);
			return trips;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return how many round trips the first connection has made.
	 * @return the number
	 */
	public int count() {
		return this.count.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.taken.getAndSet(true)) {
			return this.database.connect();
		}
		String url = "jdbc:postgresql://localhost:" + this.listener.getLocalPort() + "/" + this.database.name();
		Connection connection = DriverManager.getConnection(url, this.database.user(), this.database.password());
		this.count.set(0);
		return connection;
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

	private void serve() throws IOException {
		try (Socket client = this.listener.accept();
				Socket server = new Socket(TestServer.get().host(), TestServer.get().port())) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			start(() -> copy(server, client, this::answered));
			copy(client, server, this::asked);
		}
	}

	private void asked(byte[] bytes, int length) {
		if (this.answered.getAndSet(false) && bytes[0] != TERMINATE) {
			this.count.incrementAndGet();
		}
	}

	private void answered(byte[] bytes, int length) {
		if (length >= READY_FOR_QUERY_LENGTH && bytes[length - READY_FOR_QUERY_LENGTH] == READY_FOR_QUERY) {
			this.answered.set(true);
		}
	}

	private static void copy(Socket from, Socket to, Watcher watcher) throws IOException {
		InputStream in = from.getInputStream();
		OutputStream out = to.getOutputStream();
		byte[] bytes = new byte[64 * 1024];
		for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
			watcher.seen(bytes, length);
			out.write(bytes, 0, length);
		}
		to.shutdownOutput();
	}

	private void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// one side has closed its connection
			}
		}, "round-trips");
		thread.setDaemon(true);
		thread.start();
	}

	@FunctionalInterface
	private interface Watcher {

		void seen(byte[] bytes, int length);

	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
