package udp.it.html;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.it.bench.BenchCommand;
import udp.it.kit.CheckCommand;
import udp.test.TestShell;

/** The three pages in a browser. */
@Timeout(60)
class PagesIT {
    private static final int DESK = 1280;
    private static final int PHONE = 400;

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Map<String, Path> pages;

    /** A processor that fails most rules. */
    public static final class Failing implements MessageProcessor {
        @Override
        public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
            throw new IllegalStateException("a reason as long as <a-word-that-no-line-of-a-phone-has-room-for-at-all>");
        }
    }

    @BeforeAll
    static void makePages() throws Exception {
        browser = new Browser(folder.resolve("profile"));
        TestShell shell = new TestShell();
        CheckCommand.run(shell.shell(), List.of("--processor", Failing.class.getName(), "--report", folder.toString()));
        BenchCommand.run(
                shell.shell(),
                List.of(
                        "--sizes=8,32",
                        "--windows=1,4",
                        "--clients=1",
                        "--time=1ms",
                        "--rounds=1",
                        "--report=" + folder));
        pages = Map.of(
                "diagram", Traffic.page(folder, 20),
                "results", folder.resolve("index.html"),
                "report", folder.resolve("report.html"));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void useTheScreen() {
        browser.emulate("screen", "light");
    }

    @AfterEach
    void requireSilence() {
        assertEquals(List.of(), browser.complaints());
        assertEquals(
                List.of(),
                browser.requests().stream()
                        .filter(url -> !url.startsWith("file:") || !url.endsWith(".html"))
                        .toList());
    }

    private void open(String page, int width) {
        browser.open(pages.get(page), width);
    }

    @ParameterizedTest
    @CsvSource({"diagram, 1280", "diagram, 400", "results, 1280", "results, 400", "report, 1280", "report, 400"})
    void fitsTheWidthAndCutsNothing(String page, int width) {
        open(page, width);
        assertEquals(false, browser.evaluate("scrollsSideways()"));
        assertEquals(List.of(), browser.evaluate("cut()"));
    }

    @ParameterizedTest
    @CsvSource({"diagram, light", "diagram, dark", "results, light", "results, dark", "report, light", "report, dark"})
    void isLegibleInLightAndDark(String page, String colours) {
        browser.emulate("screen", colours);
        open(page, DESK);
        assertEquals(List.of(), browser.evaluate("faint()"));
        assertEquals(colours.equals("dark"), browser.evaluate("luminance(background(document.body)) < 0.5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"results", "report"})
    void printsWhole(String page) {
        open(page, DESK);
        String onScreen = (String) browser.evaluate("texts().map(t => t.text).join('\\n')");
        browser.emulate("print", "light");
        open(page, 720); // the width of paper, in CSS pixels
        String onPaper = (String) browser.evaluate("texts().map(t => t.text).join('\\n')");
        assertTrue(onPaper.contains(onScreen), onPaper);
        assertEquals(List.of(), browser.evaluate("cut()"));
        assertTrue(new String(browser.print(), US_ASCII).contains("/Type /Page\n"));
    }
}
