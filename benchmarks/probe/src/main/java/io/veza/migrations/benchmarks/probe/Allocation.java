package io.veza.migrations.benchmarks.probe;

import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

import com.sun.management.ThreadMXBean;

/**
 * Counts what is allocated. Java 17 cannot tell what threads allocated that have ended,
 * so that is left out on every version.
 */
final class Allocation {

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/**
	 * Return what the living threads have allocated so far.
	 * @return the number of bytes
	 */
	long bytes() {
		long[] allocated = this.threads.getThreadAllocatedBytes(this.threads.getAllThreadIds());
		return LongStream.of(allocated).filter((bytes) -> bytes > 0).sum();
	}

}
