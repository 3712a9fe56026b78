package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Chromium of this machine, one for all tests of a JVM, which reaches nothing but
 * this machine. Tests that need it bear {@link EnabledIfBrowser}.
 */
final class Browser {

	private static final Path PROGRAM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final List<String> ARGUMENTS = List.of("--headless=new", "--no-sandbox", "--disable-gpu",
			"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--disable-dev-shm-usage", "--lang=en-US", "--window-size=1280,900",
			"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost");

	private final ChromeDriver driver;

	private final List<String> expectedErrors = new ArrayList<>();

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	private static final class Holder {

		private static final Browser INSTANCE = start();

	}

	/**
	 * Return whether this machine has it; if not, that is printed.
	 * @return whether it is installed
	 */
	static boolean isInstalled() {
		boolean installed = Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
		if (!installed) {
			System.out.println("Skipped: a test that needs " + PROGRAM + " and " + DRIVER
					+ ", at least one of which is not installed");
		}
		return installed;
	}

	static Browser get() {
		return Holder.INSTANCE;
	}

	private static Browser start() {
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(PROGRAM.toFile());
		options.addArguments(ARGUMENTS);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		Path folder = temporaryFolder();
		// an explicit driver keeps Selenium from looking for one on the network
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
			.withEnvironment(Map.of("TMPDIR", folder.toString()))
			.build();
		ChromeDriver driver = new ChromeDriver(service, options);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> quit(driver, folder)));
		return new Browser(driver);
	}

	/** The browser leaves a little of what it writes there. */
	private static Path temporaryFolder() {
		try {
			return Files.createTempDirectory("browser");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void quit(ChromeDriver driver, Path folder) {
		driver.quit();
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			System.err.println("The folder " + folder + " of a browser could not be deleted: " + ex);
		}
	}

	/**
	 * Go on in a window without cookies, emulations and messages of the one before.
	 */
	void openFreshWindow() {
		String before = this.driver.getWindowHandle();
		this.driver.switchTo().newWindow(WindowType.TAB);
		String fresh = this.driver.getWindowHandle();
		this.driver.switchTo().window(before).close();
		this.driver.switchTo().window(fresh);
		command("Network.clearBrowserCookies", Map.of());
		errors();
		this.expectedErrors.clear();
	}

	/**
	 * Expect that the console shows an error until the end of the test.
	 * @param part what it says
	 */
	void expectError(String part) {
		this.expectedErrors.add(part);
	}

	void assertNoUnexpectedError() {
		List<String> errors = errors();
		assertThat(errors).as("errors in the console")
			.allMatch((error) -> this.expectedErrors.stream().anyMatch(error::contains));
		assertThat(this.expectedErrors).as("expected errors of the console: " + errors)
			.allMatch((expected) -> errors.stream().anyMatch((error) -> error.contains(expected)));
	}

	private List<String> errors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
			.map(LogEntry::getMessage)
			// of a login page without an icon
			.filter((message) -> !message.contains("/favicon.ico "))
			.toList();
	}

	void open(String url) {
		this.driver.get(url);
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	String url() {
		return String.valueOf(this.driver.getCurrentUrl());
	}

	WebElement find(String css) {
		return this.driver.findElement(By.cssSelector(css));
	}

	boolean has(String css) {
		return !this.driver.findElements(By.cssSelector(css)).isEmpty();
	}

	/**
	 * Return whether an element is there and can be seen, by whoever scrolls to it.
	 * @param css the selector of the element
	 * @return whether it is visible
	 */
	boolean shows(String css) {
		return truth("const found = document.querySelector(arguments[0]); return !!found && found.checkVisibility()",
				css);
	}

	/**
	 * Click on an element as soon as it can be clicked.
	 * @param css the selector of the element
	 */
	void click(String css) {
		eventually(() -> {
			assertThat(shows(css) && find(css).isEnabled()).as(css + " can be clicked").isTrue();
			find(css).click();
		});
	}

	/**
	 * Replace what a field holds.
	 * @param css the selector of the field
	 * @param text what to type
	 */
	void type(String css, String text) {
		find(css).sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.DELETE : text);
	}

	/**
	 * Choose from a list with the keyboard.
	 * @param css the selector of the list
	 * @param value the value of what is chosen
	 */
	void select(String css, String value) {
		int index = (int) number("return document.querySelector(arguments[0]).index",
				css + " option[value=\"" + value + "\"]");
		find(css).sendKeys(Keys.HOME, Keys.ARROW_DOWN.toString().repeat(index));
		assertThat(find(css).getDomProperty("value")).isEqualTo(value);
	}

	/**
	 * Press keys, wherever the focus is.
	 * @param keys the keys
	 */
	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	/**
	 * Return what an element says, whether it is scrolled to or not.
	 * @param css the selector of the element
	 * @return its text, empty if there is no such element
	 */
	String text(String css) {
		return String.valueOf(run("return document.querySelector(arguments[0])?.textContent ?? ''", css)).strip();
	}

	List<String> texts(String script, Object... arguments) {
		return ((List<?>) run(script, arguments)).stream().map(String::valueOf).toList();
	}

	long number(String script, Object... arguments) {
		return ((Number) run(script, arguments)).longValue();
	}

	boolean truth(String script, Object... arguments) {
		return Boolean.TRUE.equals(run(script, arguments));
	}

	private Object run(String script, Object... arguments) {
		Object result = this.driver.executeScript(script, arguments);
		return (result != null) ? result : "";
	}

	/**
	 * Run a script that calls its last argument when it is done.
	 * @param script the script
	 * @return what it calls it with
	 */
	List<String> textsOfAsync(String script) {
		Object result = this.driver.executeAsyncScript(script);
		return ((List<?>) (result != null ? result : List.of())).stream().map(String::valueOf).toList();
	}

	/**
	 * Wait until an assertion holds.
	 * @param assertion the assertion
	 */
	void eventually(ThrowingRunnable assertion) {
		Awaitility.await()
			.pollInSameThread()
			.ignoreExceptionsInstanceOf(WebDriverException.class)
			.untilAsserted(assertion);
	}

	/**
	 * Use colours that somebody prefers, at once and not bit by bit.
	 * @param dark whether that is dark
	 */
	void useColours(boolean dark) {
		command("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
						Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
	}

	void useScreen(int width, int height) {
		command("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
	}

	void hideScrollbars() {
		command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
	}

	/**
	 * Send headers with every request of this window.
	 * @param headers the headers
	 */
	void sendHeaders(Map<String, String> headers) {
		command("Network.enable", Map.of());
		command("Network.setExtraHTTPHeaders", Map.of("headers", headers));
	}

	void forgetCookies() {
		command("Network.clearBrowserCookies", Map.of());
	}

	void takePicture(Path file) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
	}

	private void command(String name, Map<String, Object> arguments) {
		this.driver.executeCdpCommand(name, arguments);
	}

}
