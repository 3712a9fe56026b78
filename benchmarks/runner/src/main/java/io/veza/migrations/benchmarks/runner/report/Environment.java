package io.veza.migrations.benchmarks.runner.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * The machine that was measured on.
 *
 * @param processor the model and number of its processors
 * @param memory how many gigabytes of memory it has
 * @param system the operating system
 * @param java the version of Java
 */
record Environment(String processor, String memory, String system, String java) {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	private static final Path RELEASE = Path.of("/etc/os-release");

	static Environment current() {
		OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return new Environment(
				find(PROCESSORS, "model name", machine.getArch()) + ", " + machine.getAvailableProcessors() + " cores",
				String.format(Locale.ROOT, "%.0f GB", machine.getTotalMemorySize() / 1e9),
				find(RELEASE, "PRETTY_NAME", machine.getName()) + ", " + machine.getName() + " " + machine.getVersion(),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
	}

	/** The value of a line of a file that other systems do not have. */
	private static String find(Path file, String key, String fallback) {
		try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
			return lines.filter((line) -> line.startsWith(key))
				.map((line) -> line.split("[:=]", 2)[1].replace("\"", "").strip())
				.findFirst()
				.orElse(fallback);
		}
		catch (IOException ex) {
			return fallback;
		}
	}

	List<String> lines() {
		return List.of("Processor: " + this.processor, "Memory: " + this.memory, "System: " + this.system,
				"Java: " + this.java);
	}

}
