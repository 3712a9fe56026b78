package io.veza.migrations.benchmarks.runner.report;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;

/**
 * How it was measured.
 *
 * @param command the command
 * @param start when it began
 * @param duration how long it took
 * @param server what the server says of itself
 * @param versions who was measured in which version
 * @param options the options of each Java process
 */
public record Setting(String command, ZonedDateTime start, Duration duration, String server,
		Map<String, String> versions, String options) {

}
