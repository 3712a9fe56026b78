package io.veza.migrations.actuate.descriptor;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.DataLoss;
import org.jspecify.annotations.Nullable;

/**
 * Data that a rollback destroys.
 *
 * @param kind {@code table}, {@code columns}, {@code rows}, {@code sequence} or
 * {@code other}
 * @param object the table or what else it is
 * @param columns the columns, empty for all
 * @param rows how many rows, {@code null} if unknown
 * @param estimated whether that is an estimate
 * @since 0.1.0
 */
public record LossDescriptor(String kind, String object, List<String> columns, @Nullable Long rows, boolean estimated) {

	static LossDescriptor of(DataLoss loss) {
		return new LossDescriptor(loss.kind().name().toLowerCase(Locale.ROOT), loss.object(), loss.columns(),
				loss.rows(), loss.estimated());
	}

}
