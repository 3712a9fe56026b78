package io.veza.migrations.rehearsal.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.StatementEffect;

/**
 * The words for what a rehearsal has shown.
 */
public final class RehearsalReportWords {

	private RehearsalReportWords() {
	}

	/**
	 * Return a verdict in words.
	 * @param reversibility the verdict
	 * @return the words, without a full stop
	 */
	public static String verdict(Reversibility reversibility) {
		return switch (reversibility) {
			case EXACT -> "DOWN restores exactly";
			case EXCEPT_COLUMN_ORDER -> "DOWN restores all but the column order";
			case NO -> "DOWN does not restore";
			case DOWN_FAILED -> "DOWN fails";
			case EXCEPT_WHITE_SPACE -> "DOWN restores all but white space in functions";
			case UP_FAILED -> "UP fails";
		};
	}

	/**
	 * Return the verdict on a migration in words.
	 * @param migration the migration
	 * @return the words, without a full stop
	 */
	public static String verdict(RehearsedMigration migration) {
		boolean failed = migration.reversibility() == Reversibility.UP_FAILED;
		return (failed || migration.migration().reversible()) ? verdict(migration.reversibility())
				: "irreversible, as the file says";
	}

	/**
	 * Return how the second UP went, in words.
	 * @param secondTime how it went
	 * @return the words
	 */
	public static String secondTime(SecondTime secondTime) {
		return switch (secondTime) {
			case SAME -> "UP works again";
			case DIFFERENT -> "UP leaves something else the second time";
			case FAILED -> "UP fails the second time";
			case NOT_RUN -> "UP was not run again";
		};
	}

	/**
	 * Return the kinds of change in words.
	 * @param migration the migration
	 * @return the kinds, separated by commas
	 */
	public static String kinds(RehearsedMigration migration) {
		return migration.kinds().isEmpty() ? "no change"
				: migration.kinds()
					.stream()
					.map((kind) -> kind.name().toLowerCase(Locale.ROOT))
					.collect(Collectors.joining(", "));
	}

	/**
	 * Return who waits for a lock.
	 * @param lock the lock
	 * @return the words, empty if nobody waits who only reads or writes
	 */
	public static String waiting(LockMode lock) {
		if (lock.blocksReads()) {
			return "reads and writes wait";
		}
		return lock.blocksWrites() ? "writes wait" : "";
	}

	/**
	 * Return a duration as people read it.
	 * @param duration the duration
	 * @return milliseconds, with a decimal if there are few of them, or seconds
	 */
	public static String duration(Duration duration) {
		double ms = duration.toNanos() / 1e6;
		if (ms >= 10_000) {
			return String.format(Locale.ROOT, "%.1f s", ms / 1000);
		}
		return (ms >= 10 || ms == 0) ? Math.round(ms) + " ms" : String.format(Locale.ROOT, "%.1f ms", ms);
	}

	/**
	 * Return where a finding is.
	 * @param finding the finding
	 * @return file, line and column
	 */
	public static String place(RehearsalFinding finding) {
		return finding.file() + ":" + finding.line() + ":" + finding.column();
	}

	/**
	 * Return the line of the file that a finding is about, as far as it belongs to a
	 * statement.
	 * @param migration the migration
	 * @param finding the finding
	 * @return the line, as it stands in the file
	 */
	public static Optional<String> sourceLine(RehearsedMigration migration, RehearsalFinding finding) {
		return Stream.of(Optional.of(migration.up()), Optional.ofNullable(migration.down()))
			.flatMap(Optional::stream)
			.map(RehearsedSection::statements)
			.flatMap(List::stream)
			.flatMap((statement) -> sourceLine(statement, finding.line()).stream())
			.findFirst();
	}

	private static Optional<String> sourceLine(StatementEffect statement, int line) {
		if (line < statement.line()) {
			return Optional.empty();
		}
		Optional<String> found = statement.sql().lines().skip(line - statement.line()).findFirst();
		return (line == statement.line()) ? found.map((text) -> " ".repeat(statement.column() - 1) + text) : found;
	}

}
