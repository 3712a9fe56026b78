package io.veza.migrations.benchmarks.runner.proxy;

/**
 * What went over the wire.
 *
 * @param connections how many connections were made
 * @param roundTrips how often the client waited for the server
 * @param setUpRoundTrips how many of these came before a connection was ready
 * @param statements how many statements the server completed
 * @param readyForQuery how often the server said that it is ready
 * @param bytesSent how many bytes went to the server
 * @param bytesReceived how many bytes came back
 */
public record Traffic(int connections, int roundTrips, int setUpRoundTrips, int statements, int readyForQuery,
		long bytesSent, long bytesReceived) {

	/** Nothing. */
	public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0);

	/**
	 * Return the round trips after connections were ready.
	 * @return how many
	 */
	public int roundTripsBeyondSetUp() {
		return this.roundTrips - this.setUpRoundTrips;
	}

	/**
	 * Return this traffic with another cost of connections: a driver may set up more than
	 * the server asks for.
	 * @param roundTripsEach how many round trips each connection takes to be set up
	 * @return the traffic
	 */
	public Traffic withSetUp(int roundTripsEach) {
		return new Traffic(this.connections, this.roundTrips, this.connections * roundTripsEach, this.statements,
				this.readyForQuery, this.bytesSent, this.bytesReceived);
	}

	/**
	 * Return this traffic together with other.
	 * @param other the other
	 * @return both
	 */
	public Traffic plus(Traffic other) {
		return new Traffic(this.connections + other.connections, this.roundTrips + other.roundTrips,
				this.setUpRoundTrips + other.setUpRoundTrips, this.statements + other.statements,
				this.readyForQuery + other.readyForQuery, this.bytesSent + other.bytesSent,
				this.bytesReceived + other.bytesReceived);
	}

}
