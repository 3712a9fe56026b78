package io.veza.migrations.source.location;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.testsupport.MigrationFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationLocationsTests {

	private static final String NASTY = "3_Ünïcode & 50% + (a b)#1.sql";

	@TempDir
	Path folder;

	private final List<FileProblem> problems = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "classpath:db/migrations", "classpath*:db/migrations", "classpath:/db/migrations/",
			"db/migrations", "/db/migrations", " CLASSPATH:db/migrations" })
	void findSearchesAllRootsOfTheClasspath(String location) throws IOException {
		Path one = classes("one", "db/migrations/1_a.sql", "db/migrations/sub/deep/2_b.SQL", "db/migrations/readme.md",
				"db/4_other.sql");
		Path other = classes("other", "db/migrations/" + NASTY);

		assertThat(paths(List.of(one, other), location)).containsExactlyInAnyOrder("db/migrations/1_a.sql",
				"db/migrations/sub/deep/2_b.SQL", "db/migrations/" + NASTY);
	}

	@Test
	void findSearchesJars() throws IOException {
		Path jar = jar("a b%20c ü.jar", "db/", "db/migrations/", "db/migrations/1_a.sql", "db/migrations/sub/",
				"db/migrations/sub/2_ü b.sql");

		assertThat(paths(List.of(jar), "classpath:db/migrations")).containsExactlyInAnyOrder("db/migrations/1_a.sql",
				"db/migrations/sub/2_ü b.sql");
	}

	@Test
	void findReadsFilesOfJars() throws IOException {
		Path jar = jar("x.jar", "db/", "db/migrations/", "db/migrations/" + NASTY);

		LocatedFile file = find(List.of(jar), "classpath:db/migrations").get(0);
		assertThat(file.path()).isEqualTo("db/migrations/" + NASTY);
		assertThat(new String(file.content().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isEqualTo("db/migrations/" + NASTY);
	}

	@Test
	void findWhenLocationsOverlapCountsEachFileOnce() throws IOException {
		Path root = classes("one", "db/migrations/1_a.sql");
		Path jar = jar("x.jar", "db/", "db/migrations/", "db/migrations/2_b.sql");

		assertThat(paths(List.of(root, jar), "classpath:db/migrations", "classpath*:db", "db/migrations",
				"file:" + root.resolve("db")))
			.containsExactlyInAnyOrder("db/migrations/1_a.sql", "db/migrations/2_b.sql");
	}

	@Test
	void findWhenClasspathLocationDoesNotExistFindsNothing() throws IOException {
		assertThat(paths(List.of(classes("one", "a.sql")), "classpath:db/migrations")).isEmpty();
		assertThat(this.problems).isEmpty();
	}

	@Test
	void findAcceptsPatterns() throws IOException {
		Path root = classes("one", "app/users/sql/1_a.sql", "app/rooms/sql/2_b.sql", "app/rooms/3_c.sql");

		assertThat(paths(List.of(root), "classpath:app/*/sql")).hasSize(2)
			.allSatisfy((path) -> assertThat(path).matches(".*/sql/[12]_[ab]\\.sql"));
		assertThat(paths(List.of(), "file:" + root + "/app/*/sql")).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "a b", "50% + ü", "x{y}", "#1" })
	void findSearchesFoldersAndNamesFilesAsGiven(String name) throws IOException {
		Path root = classes(name, NASTY, "sub/2_b.sql");

		assertThat(paths(List.of(), "file:" + root)).containsExactlyInAnyOrder(root + "/" + NASTY,
				root + "/sub/2_b.sql");
		assertThat(paths(List.of(), root.toUri().toString())).containsExactlyInAnyOrder(root + "/" + NASTY,
				root + "/sub/2_b.sql");
	}

	@Test
	void findNamesFilesOfARelativeFolderRelatively() throws IOException {
		for (String location : List.of("file:./src/test/resources/corpus", "file:src/test/resources/corpus/")) {
			assertThat(paths(List.of(), location)).isNotEmpty()
				.allSatisfy((path) -> assertThat(path).startsWith("src/test/resources/corpus/"));
		}
	}

	@Test
	void findWhenFolderIsAMountedConfigMapCountsEachFileOnce() throws IOException {
		Path data = classes("mounted/..2024_01_15", "1_a.sql").getFileName();
		Path mounted = this.folder.resolve("mounted");
		Files.createSymbolicLink(mounted.resolve("..data"), data);
		Files.createSymbolicLink(mounted.resolve("1_a.sql"), Path.of("..data/1_a.sql"));

		assertThat(paths(List.of(), "file:" + mounted)).containsExactly(mounted + "/1_a.sql");
	}

	@Test
	void findFollowsLinksToFolders() throws IOException {
		Path root = classes("one", "1_a.sql");
		Files.createSymbolicLink(root.resolve("linked"), classes("other", "sub/2_b.sql"));

		assertThat(paths(List.of(), "file:" + root)).containsExactlyInAnyOrder(root + "/1_a.sql",
				root + "/linked/sub/2_b.sql");
	}

	@Test
	void findWhenALinkHasAnotherNameCountsItAsAnotherFile() throws IOException {
		Path root = classes("one", "1_a.sql");
		Files.createSymbolicLink(root.resolve("2_b.sql"), root.resolve("1_a.sql"));

		assertThat(paths(List.of(), "file:" + root)).containsExactlyInAnyOrder(root + "/1_a.sql", root + "/2_b.sql");
	}

	@Test
	void findWhenLinksLeadInACircleSaysSo() throws IOException {
		Path one = classes("one", "1_a.sql");
		Path other = classes("other", "2_b.sql");
		Files.createSymbolicLink(one.resolve("to-other"), other);
		Files.createSymbolicLink(other.resolve("to-one"), one);

		assertThat(paths(List.of(), "file:" + one)).isEmpty();
		assertThat(this.problems).singleElement()
			.extracting(FileProblem::message)
			.isEqualTo("Location \"file:" + one + "\" cannot be read: java.nio.file.FileSystemLoopException: " + one
					+ "/to-other/to-one. Check that it exists and may be read.");
	}

	@Test
	void findWhenOneNameIsInSeveralPlacesFindsAll() throws IOException {
		Path root = classes("one", "db/migrations/1_a.sql", "db/migrations/sub/1_a.sql");
		Path jar = jar("x.jar", "db/", "db/migrations/", "db/migrations/1_a.sql");

		List<LocatedFile> files = find(List.of(root, jar), "classpath:db/migrations");
		assertThat(files).extracting((file) -> file.content().place())
			.containsExactlyInAnyOrder(root.toRealPath() + "/db/migrations/1_a.sql",
					root.toRealPath() + "/db/migrations/sub/1_a.sql",
					"jar:" + jar.toUri().toURL() + "!/db/migrations/1_a.sql");
	}

	@Test
	void findWhenAPatternFindsWhatAFolderHoldsCountsItOnce() throws IOException {
		Path jar = jar("a b.jar", "db/", "db/migrations/", "db/migrations/" + NASTY);

		assertThat(paths(List.of(jar), "classpath:db/migrations", "classpath*:d?/migrations", "classpath*:db"))
			.containsExactly("db/migrations/" + NASTY);
	}

	@Test
	void findWhenFolderDoesNotExistSaysSo() throws IOException {
		assertThat(paths(List.of(), "file:" + this.folder + "/missing")).isEmpty();
		assertThat(this.problems).singleElement()
			.hasToString("file:" + this.folder + "/missing: Location \"file:" + this.folder
					+ "/missing\" does not exist. Create the folder, or correct veza.migrations.locations.");
	}

	@Test
	void findWhenLocationIsAFileSaysSo() throws IOException {
		Path root = classes("one", "1_a.sql");

		assertThat(paths(List.of(), "file:" + root + "/1_a.sql")).isEmpty();
		assertThat(this.problems).singleElement()
			.extracting(FileProblem::message)
			.isEqualTo("Location \"file:" + root
					+ "/1_a.sql\" is not a folder. Name the folder that holds the migration files.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "filesystem:/opt/migrations", "C:\\migrations", "clashpath:db/migrations" })
	void findWhenPrefixIsUnknownSaysSo(String location) throws IOException {
		assertThat(paths(List.of(), location)).isEmpty();
		assertThat(this.problems).singleElement()
			.extracting(FileProblem::message)
			.isEqualTo("Location \"" + location
					+ "\" has a prefix that is not known here. Begin it with classpath: or file:.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "classpath:", "classpath*:/" })
	void findWhenAllOfTheClasspathIsMeantRefusesIt(String location) throws IOException {
		assertThat(paths(List.of(classes("one", "1_a.sql")), location)).isEmpty();
		assertThat(this.problems).singleElement()
			.extracting(FileProblem::message)
			.isEqualTo("Location \"" + location + "\" names no folder. Name one, such as classpath:db/migrations.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:", "file:/", "FILE://" })
	void findWhenAllOfTheDiskIsMeantRefusesIt(String location) throws IOException {
		assertThat(paths(List.of(), location)).isEmpty();
		assertThat(this.problems).singleElement()
			.extracting(FileProblem::message)
			.isEqualTo("Location \"" + location + "\" names no folder. Name one, such as file:./migrations.");
	}

	private List<String> paths(List<Path> classpath, String... locations) throws IOException {
		return find(classpath, locations).stream().map(LocatedFile::path).toList();
	}

	private List<LocatedFile> find(List<Path> classpath, String... locations) throws IOException {
		List<URL> urls = new ArrayList<>();
		for (Path path : classpath) {
			urls.add(path.toUri().toURL());
		}
		try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
			return List
				.copyOf(new MigrationLocations(new PathMatchingResourcePatternResolver(loader), List.of(locations))
					.find(this.problems));
		}
	}

	private Path classes(String name, String... files) {
		MigrationFolder result = MigrationFolder.in(this.folder.resolve(name));
		for (String file : files) {
			result.withFile(file, file);
		}
		return result.path();
	}

	private Path jar(String name, String... entries) throws IOException {
		Path file = this.folder.resolve(name);
		try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out)) {
			for (String entry : entries) {
				jar.putNextEntry(new JarEntry(entry));
				jar.write(entry.endsWith("/") ? new byte[0] : entry.getBytes(StandardCharsets.UTF_8));
				jar.closeEntry();
			}
		}
		return file;
	}

}
