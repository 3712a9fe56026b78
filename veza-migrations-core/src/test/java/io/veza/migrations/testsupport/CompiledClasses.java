package io.veza.migrations.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

/**
 * Classes that a test writes and compiles, such as those that break a rule.
 */
public final class CompiledClasses {

	private final Path folder;

	private final List<String> files = new ArrayList<>();

	private CompiledClasses(Path folder) {
		this.folder = folder;
	}

	/**
	 * Return no classes yet.
	 * @param folder where to compile them, usually JUnit's {@code @TempDir}
	 * @return the classes
	 */
	public static CompiledClasses in(Path folder) {
		return new CompiledClasses(folder);
	}

	/**
	 * Write a type.
	 * @param packageName its package
	 * @param name its name
	 * @param declaration what follows {@code public}, such as {@code class A { }}
	 * @return these classes
	 */
	public CompiledClasses with(String packageName, String name, String declaration) {
		try {
			Path file = this.folder.resolve(packageName.replace('.', '/')).resolve(name + ".java");
			Files.createDirectories(file.getParent());
			Files.writeString(file, "package " + packageName + "; public " + declaration);
			this.files.add(file.toString());
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Compile what was written.
	 * @return the folder that holds the class files
	 */
	public Path compile() {
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", this.folder.toString()));
		arguments.addAll(this.files);
		int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		if (exit != 0) {
			throw new IllegalStateException("The classes do not compile");
		}
		return this.folder;
	}

}
