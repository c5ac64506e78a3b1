package udp.it.html;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window. It starts slowly, so all tests of pages share it. */
final class Browser implements AutoCloseable {
    private static final String SCRIPT = script();

    private final ChromeDriver driver;

    /**
     * Starts the browser; tests without it are skipped.
     *
     * @param profile an empty folder
     */
    Browser(Path profile) {
        File chromium = find("chromium");
        File chromedriver = find("chromedriver");
        assumeTrue(chromium != null && chromedriver != null, "This computer has no chromium with chromedriver.");
        ChromeOptions options = new ChromeOptions()
                .setBinary(chromium)
                .addArguments(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
                        "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .build(),
                options);
    }

    private static File find(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    private static String script() {
        try (InputStream script = Browser.class.getResourceAsStream("page.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows a page at a width, and forgets the logs of the pages before. */
    void open(Path page, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        complaints();
        requests();
        driver.get(page.toUri().toString());
    }

    /** Sets the medium, screen or print, and the colours that the reader prefers, light or dark. */
    void emulate(String medium, String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Evaluates an expression of JavaScript, which may call the functions of page.js. */
    Object evaluate(String expression) {
        return driver.executeScript(SCRIPT + "return " + expression);
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pressWith(Keys modifier, CharSequence key) {
        new Actions(driver).keyDown(modifier).sendKeys(key).keyUp(modifier).perform();
    }

    /** Returns the items of the page's lists as a screen reader reads them. */
    @SuppressWarnings("unchecked")
    List<String> readListItems() {
        Map<String, Map<String, Object>> nodes = new HashMap<>();
        Object tree = driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of())
                .get("nodes");
        for (Map<String, Object> node : (List<Map<String, Object>>) tree) {
            nodes.put((String) node.get("nodeId"), node);
        }
        return nodes.values().stream()
                .filter(node -> value(node, "role").equals("listitem"))
                .map(node -> read(nodes, node).replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static String value(Map<String, Object> node, String member) {
        return node.get(member) instanceof Map<?, ?> found ? String.valueOf(found.get("value")) : "";
    }

    private static String read(Map<String, Map<String, Object>> nodes, Map<String, Object> node) {
        if (value(node, "role").equals("StaticText")) {
            return value(node, "name");
        }
        return ((List<?>) node.getOrDefault("childIds", List.of()))
                .stream()
                        .filter(nodes::containsKey)
                        .map(child -> read(nodes, nodes.get(child)))
                        .collect(Collectors.joining());
    }

    /** Returns the page as a PDF of paper in DIN A4. */
    byte[] print() {
        Object pdf = driver.executeCdpCommand("Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69))
                .get("data");
        return Base64.getDecoder().decode((String) pdf);
    }

    /** Returns what the console has said since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** Returns what the page has requested since the last call, itself too. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"documentURL\".*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
