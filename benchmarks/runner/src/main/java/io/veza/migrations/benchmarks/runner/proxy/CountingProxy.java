package io.veza.migrations.benchmarks.runner.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between clients and a PostgreSQL server and counts what they say. It understands
 * no encrypted connections.
 */
public final class CountingProxy implements AutoCloseable {

	private final String host;

	private final int port;

	private final Duration delay;

	private final ServerSocket listener;

	private final List<Conversation> conversations = new CopyOnWriteArrayList<>();

	private CountingProxy(String host, int port, Duration delay, ServerSocket listener) {
		this.host = host;
		this.port = port;
		this.delay = delay;
		this.listener = listener;
	}

	/**
	 * Start a proxy on a free port of this machine.
	 * @param host where the server is
	 * @param port the port of the server
	 * @param delay how much longer each way takes
	 * @return the proxy, to be closed
	 * @throws IOException if there is no port
	 */
	public static CountingProxy start(String host, int port, Duration delay) throws IOException {
		CountingProxy proxy = new CountingProxy(host, port, delay,
				new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
		Thread thread = new Thread(proxy::accept, "proxy");
		thread.setDaemon(true);
		thread.start();
		return proxy;
	}

	/**
	 * Return where the proxy listens.
	 * @return the port
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Return what was said since the start.
	 * @return the traffic of all connections
	 */
	public Traffic traffic() {
		return this.conversations.stream().map(Conversation::traffic).reduce(Traffic.NONE, Traffic::plus);
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				connect(this.listener.accept());
			}
			catch (IOException ex) {
				// closed, or the client finds out by itself
			}
		}
	}

	@SuppressWarnings("resource") // the pumps close the sockets
	private void connect(Socket client) throws IOException {
		Socket server;
		try {
			server = new Socket(this.host, this.port);
		}
		catch (IOException ex) {
			client.close();
			throw ex;
		}
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
		Conversation conversation = new Conversation();
		this.conversations.add(conversation);
		new Pump(client, server, new FrontendReader(conversation), this.delay).start();
		new Pump(server, client, new BackendReader(conversation), this.delay).start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
