package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a window without a past, and fails it if the console of the browser
 * shows an error that the test did not expect. What a test saw that failed is kept as a
 * picture.
 */
final class FreshWindow implements BeforeEachCallback, AfterEachCallback {

	@Override
	public void beforeEach(ExtensionContext context) {
		Browser.get().openFreshWindow();
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		if (context.getExecutionException().isPresent()) {
			Browser.get()
				.takePicture(Path.of("target", "browser", context.getRequiredTestClass().getSimpleName() + "."
						+ context.getRequiredTestMethod().getName() + ".png"));
		}
		Browser.get().assertNoUnexpectedError();
	}

}
