package io.veza.migrations.autoconfigure.packaged;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.veza.migrations.rehearsal.report.TestRehearsalReports;
import io.veza.migrations.sql.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.json.BasicJsonParser;
import org.springframework.boot.json.JsonParser;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PackagedRehearsalsTests {

	@TempDir
	private Path first;

	@TempDir
	private Path second;

	@Test
	void getReadsWhatWasWritten() {
		RehearsalFiles.write(TestRehearsalReports.full(), this.first.resolve("META-INF"));

		List<KnownRehearsal> known = packaged(JsonParserFactory.getJsonParser(), this.first).get();

		assertThat(known).hasSize(4);
		assertThat(known.get(1)).isEqualTo(
				new KnownRehearsal(MigrationVersion.of("002"), new Checksum("file002"), new Checksum("v1:up002"),
						new Checksum("down002"), Reversibility.NO,
						List.of("column public.users.email differs: it was character varying(255) NOT NULL and is "
								+ "character varying(255)"),
						TestRehearsalReports.full().migrations().get(1).findings()));
	}

	@Test
	void getNeedsNoLibraryForJson() {
		RehearsalFiles.write(TestRehearsalReports.full(), this.first.resolve("META-INF"));

		assertThat(packaged(new BasicJsonParser(), this.first).get()).extracting(KnownRehearsal::reversibility)
			.containsExactly(Reversibility.EXACT, Reversibility.NO, Reversibility.EXCEPT_COLUMN_ORDER,
					Reversibility.UP_FAILED);
	}

	@Test
	void getReadsAllRootsOfTheClassPathOnce() throws IOException {
		RehearsalFiles.write(TestRehearsalReports.clean(), this.first.resolve("META-INF"));
		RehearsalFiles.write(TestRehearsalReports.full(), this.second.resolve("META-INF"));
		PackagedRehearsals packaged = packaged(JsonParserFactory.getJsonParser(), this.first, this.second);

		assertThat(packaged.get()).hasSize(5);
		Files.delete(this.first.resolve(PackagedRehearsals.LOCATION));
		assertThat(packaged.get()).hasSize(5);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{                                                   |
			[]                                                  |
			{"formatVersion":2,"migrations":[]}                 | : its format is 2, and known is 1. Write it
			{"formatVersion":1}                                 | : it has no valid "migrations". Write it
			{"formatVersion":1,"migrations":[1]}                | : it has no valid "migrations". Write it
			{"formatVersion":1,"migrations":[{"version":"1"}]}  | : it has no valid "checksum". Write it
			""")
	void getPassesOverWhatItCannotReadAndSaysSoOnce(String json, String reason, CapturedOutput output)
			throws IOException {
		Files.createDirectories(this.first.resolve("META-INF"));
		Files.writeString(this.first.resolve(PackagedRehearsals.LOCATION), json);
		RehearsalFiles.write(TestRehearsalReports.clean(), this.second.resolve("META-INF"));
		PackagedRehearsals packaged = packaged(JsonParserFactory.getJsonParser(), this.first, this.second);

		assertThat(packaged.get()).hasSize(1);
		assertThat(packaged.get()).hasSize(1);
		assertThat(output.toString().split("The report of a rehearsal in", -1)).hasSize(2);
		assertThat(output).contains((reason != null) ? reason : " is ignored: ");
	}

	@Test
	void getWithoutAReportKnowsNothing(CapturedOutput output) {
		assertThat(packaged(JsonParserFactory.getJsonParser(), this.first).get()).isEmpty();
		assertThat(output.toString()).isEmpty();
	}

	private static PackagedRehearsals packaged(JsonParser parser, Path... roots) {
		return new PackagedRehearsals(
				new URLClassLoader(Arrays.stream(roots).map(PackagedRehearsalsTests::url).toArray(URL[]::new), null),
				parser);
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
