package io.veza.migrations.engine.outlook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.PlanToken;
import io.veza.migrations.sql.Sha256Digest;
import io.veza.migrations.sql.StatementReader;

/**
 * Makes the token of a plan.
 */
final class PlanTokenFactory {

	private static final int DIGITS = 16;

	private PlanTokenFactory() {
	}

	/**
	 * Return the token of a plan.
	 * @param plan the plan
	 * @param history the history on which it was made
	 * @param options what it would be run with
	 * @param objects the definitions of the objects concerned
	 * @return the token
	 */
	static PlanToken token(MigrationPlan plan, MigrationHistory history, List<String> options, String objects) {
		Digest sql = new Digest().add(plan.operation().id());
		for (PlanSegment segment : plan.segments()) {
			sql.add(Boolean.toString(segment.transactional()));
			segment.steps().forEach((step) -> add(sql, step));
		}
		Digest words = new Digest();
		options.forEach(words::add);
		return new PlanToken(history(history), sql.digits(), words.digits(), new Digest().add(objects).digits());
	}

	/** The times of application tell databases with the same migrations apart. */
	private static String history(MigrationHistory history) {
		Digest digest = new Digest();
		for (AppliedMigration row : history.applied()) {
			digest.add(Long.toString(row.id()))
				.add(row.version().text())
				.add(String.valueOf(row.checksum()))
				.add(String.valueOf(row.upChecksum()))
				.add(String.valueOf(row.appliedAt()));
		}
		for (MigrationProgress progress : history.unfinished()) {
			digest.add(progress.version().text())
				.add(progress.operation().id())
				.add(Integer.toString(progress.statements().size()));
		}
		return digest.digits();
	}

	/** The checksum of a file stands for all that is in it. */
	private static void add(Digest digest, PlanStep step) {
		digest.add(step.version().text());
		Migration file = step.migration();
		if (step.source() == PlanStep.Source.FILE && file != null) {
			digest.add(file.checksum().value());
			return;
		}
		try (StatementReader reader = step.section().script().open()) {
			while (reader.hasNext()) {
				digest.add(reader.next().sql());
			}
		}
	}

	/**
	 * A digest of texts, in which their borders count.
	 */
	private static final class Digest {

		private final MessageDigest sha256 = Sha256Digest.create();

		Digest add(String text) {
			this.sha256.update(text.getBytes(StandardCharsets.UTF_8));
			this.sha256.update((byte) 0);
			return this;
		}

		String digits() {
			return HexFormat.of().formatHex(this.sha256.digest()).substring(0, DIGITS);
		}

	}

}
