package io.veza.migrations.autoconfigure.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import io.veza.migrations.KnownRehearsal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonParser;
import org.springframework.util.ClassUtils;
import org.springframework.util.StreamUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The reports of rehearsals that are packaged with the application, read once and not
 * before somebody asks.
 */
public final class PackagedRehearsals implements Supplier<List<KnownRehearsal>> {

	/** Where a report is packaged. */
	public static final String LOCATION = "META-INF/veza-migrations-rehearsal.json";

	private static final Logger logger = LoggerFactory.getLogger(PackagedRehearsals.class);

	private final ClassLoader classLoader;

	private final JsonParser parser;

	private final SingletonSupplier<List<KnownRehearsal>> known = SingletonSupplier.of(this::read);

	/**
	 * Create a new instance.
	 * @param classLoader the class path of the application, {@code null} for that of the
	 * thread
	 * @param parser reads JSON
	 */
	public PackagedRehearsals(@Nullable ClassLoader classLoader, JsonParser parser) {
		this.classLoader = (classLoader != null) ? classLoader : classLoaderOfThread();
		this.parser = parser;
	}

	private static ClassLoader classLoaderOfThread() {
		ClassLoader classLoader = ClassUtils.getDefaultClassLoader();
		return (classLoader != null) ? classLoader : ClassLoader.getSystemClassLoader();
	}

	@Override
	public List<KnownRehearsal> get() {
		return this.known.obtain();
	}

	private List<KnownRehearsal> read() {
		List<KnownRehearsal> all = new ArrayList<>();
		urls().forEach((url) -> all.addAll(read(url)));
		return List.copyOf(all);
	}

	private List<URL> urls() {
		try {
			return Collections.list(this.classLoader.getResources(LOCATION));
		}
		catch (IOException ex) {
			logger.warn("Reports of rehearsals cannot be looked for, so that nothing is known of them", ex);
			return List.of();
		}
	}

	/** A report only adds to what is shown: one that cannot be read is passed over. */
	private List<KnownRehearsal> read(URL url) {
		try {
			URLConnection connection = url.openConnection();
			connection.setUseCaches(false);
			try (InputStream json = connection.getInputStream()) {
				return new PackagedRehearsalReport(
						this.parser.parseMap(StreamUtils.copyToString(json, StandardCharsets.UTF_8)))
					.migrations();
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.warn(
					"The report of a rehearsal in \"{}\" is ignored: {}. Write it with this version of the starter.",
					url, ex.getMessage());
			return List.of();
		}
	}

}
