package io.veza.migrations.rehearsal.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.veza.migrations.rehearsal.RehearsalReport;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rehearsal as a JSON text: the fields of the descriptor in their order, without those
 * that are {@code null}.
 */
final class RehearsalReportJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private RehearsalReportJson() {
	}

	/**
	 * Return the JSON of a rehearsal.
	 * @param report the report of the rehearsal
	 * @param detail how much of it is written
	 * @return the text, which ends with a new line
	 */
	static String of(RehearsalReport report, ReportDetail detail) {
		return MAPPER.writeValueAsString(RehearsalReportDescriptor.of(report, detail)) + "\n";
	}

}
