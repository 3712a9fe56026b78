package io.veza.migrations.source;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.format.MigrationFile;
import io.veza.migrations.source.format.MigrationFileFormat;
import io.veza.migrations.source.location.LocatedFile;
import io.veza.migrations.source.statement.SqlFileScript;
import io.veza.migrations.source.text.FileParseBuffers;
import io.veza.migrations.source.text.FileReadBuffers;
import io.veza.migrations.source.text.NormalizedFileInput;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

/**
 * A format of a test: files such as {@code V1__name.sql}, of which all is UP.
 */
final class PlainMigrationFormat implements MigrationFileFormat {

	@Override
	public List<MigrationFile> recognize(Collection<LocatedFile> files, List<FileProblem> problems) {
		return files.stream()
			.filter((file) -> file.name().startsWith("V"))
			.<MigrationFile>map(PlainMigrationFile::new)
			.sorted(Comparator.comparing(MigrationFile::version))
			.toList();
	}

	private record PlainMigrationFile(LocatedFile file) implements MigrationFile {

		@Override
		public MigrationVersion version() {
			return MigrationVersion.of(name()[0]);
		}

		private String[] name() {
			return this.file.name().replaceAll("^V|\\.sql$", "").split("__");
		}

		@Override
		public Optional<Checksum> digest(FileReadBuffers buffers) {
			try (NormalizedFileInput input = NormalizedFileInput.open(this.file.path(), this.file.content(), buffers)) {
				return Optional.of(input.checksum());
			}
		}

		@Override
		public Optional<Migration> parse(FileParseBuffers buffers, List<FileProblem> problems) {
			return digest(buffers.read()).map(this::unread);
		}

		@Override
		public Migration unread(Checksum checksum) {
			return new Migration(version(), name()[1], this.file.path(), checksum,
					() -> new Migration.Content(checksum, checksum, section(this.file.content()),
							section(new ByteArrayResource("".getBytes(StandardCharsets.UTF_8)))));
		}

		private MigrationSection section(InputStreamSource input) {
			SqlScript script = new SqlFileScript(this.file.path(), input);
			return new MigrationSection(Map.of(), true, null, null, List.of(), null, 1, script);
		}

	}

}
