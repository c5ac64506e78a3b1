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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import udp.api.MessageProcessor;
import udp.it.bench.BenchCommand;
import udp.it.kit.CheckCommand;
import udp.test.TestShell;

/** The three pages in a browser. */
@Timeout(60)
@Tag("long") // The same on each JDK.
class PagesIT {
    private static final int DESK = 1280;
    private static final int PHONE = 400;
    private static final int PAPER = 718; // A4 without margins of 1 cm

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Map<String, Path> pages;

    private Path opened;

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
        Path rates = folder.resolve("rates");
        BenchCommand.run(
                shell.shell(), List.of("--rate=1000,2000,5000", "--time=2ms", "--rounds=1", "--report=" + rates));
        pages = Map.of(
                "rates", rates.resolve("report.html"),
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
                List.of(opened.toUri().toString()),
                browser.requests().stream().distinct().toList());
    }

    private void open(String page, int width) {
        open(pages.get(page), width);
    }

    private void open(Path page, int width) {
        opened = page;
        browser.open(page, width);
    }

    @ParameterizedTest
    @CsvSource({
        "diagram, 1280",
        "diagram, 400",
        "results, 1280",
        "results, 400",
        "report, 1280",
        "report, 400",
        "rates, 1280",
        "rates, 400"
    })
    void fitsTheWidthAndCutsNothing(String page, int width) {
        open(page, width);
        assertEquals(false, browser.evaluate("scrollsSideways()"));
        assertEquals(List.of(), browser.evaluate("cut()"));
    }

    @ParameterizedTest
    @CsvSource({
        "diagram, light",
        "diagram, dark",
        "results, light",
        "results, dark",
        "report, light",
        "report, dark",
        "rates, dark"
    })
    void isLegibleInLightAndDark(String page, String colours) {
        browser.emulate("screen", colours);
        open(page, DESK);
        assertEquals(List.of(), browser.evaluate("faint()"));
        assertEquals(colours.equals("dark"), browser.evaluate("luminance(background(document.body)) < 0.5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"diagram", "results", "report", "rates"})
    void printsWhole(String page) {
        open(page, DESK);
        Object onScreen = browser.evaluate("texts('h1, td, li').map(t => t.text)");
        browser.emulate("print", "light");
        open(page, PAPER);
        assertTrue(
                ((List<?>) browser.evaluate("texts('h1, td, li').map(t => t.text)")).containsAll((List<?>) onScreen));
        assertEquals(List.of(), browser.evaluate("cut()"));
        assertTrue(new String(browser.print(), US_ASCII).contains("/Type /Page\n"));
    }

    @Test
    void aScreenReaderReadsEachMomentOfTheDiagramAsASentence() {
        open("diagram", PHONE);
        List<String> items = browser.readListItems();
        for (String sentence : List.of(
                "0.000 client: connect() to 127.0.0.1:50010",
                "2.800 client: sendto() sends c4 to network at 127.0.0.1:50010: 9 B \"message 3\"; lost",
                "2.900 network: recvfrom() gets c4 from client at 127.0.0.1:40003; lost",
                "3.000 client: time-out nothing within 100 ms",
                "3.500 server: sendto() sends s4 to network at 127.0.0.1:30003: 9 B \"MESSAGE 3\"; delivered, arrives 0.1"
                        + " ms later",
                "3.800 client: recvfrom() gets s4 from network at 127.0.0.1:50010")) {
            assertTrue(items.contains(sentence), () -> sentence + " in " + items);
        }
        assertEquals(
                2 * 3 + 20 * 9,
                items.stream().filter(item -> item.matches("\\d+\\.\\d{3} .*")).count());
    }

    private void requireChosen(String sentence) {
        String chosen = (String) browser.evaluate("document.querySelector('[aria-current] p').innerText");
        assertTrue(chosen.contains(sentence), () -> chosen + " instead of " + sentence);
        assertEquals(true, browser.evaluate("isInView(document.querySelector('[aria-current]'))"), sentence);
    }

    @Test
    void keysGoThroughAThousandExchanges() throws Exception {
        open(Traffic.page(folder, 1000), DESK);
        browser.press(Keys.ARROW_DOWN);
        requireChosen("connect() to 127.0.0.1:50010");
        browser.press(Keys.ARROW_DOWN);
        requireChosen("sends c1 to network");
        assertEquals(true, browser.evaluate("document.querySelector('[aria-current] pre').checkVisibility()"));
        browser.press(Keys.END);
        requireChosen("gets s1000 from network");
        browser.press(Keys.ARROW_DOWN, Keys.ARROW_UP);
        requireChosen("sends s1000 to client");
        browser.press(Keys.HOME);
        requireChosen("connect() to 127.0.0.1:50010");
    }

    @Test
    void theDiagramFindsByNumberAddressFateAndText() {
        open("diagram", PHONE);
        browser.press("/");
        find("c1", "1 of 4", "sends c1 to network");
        find("127.0.0.1:40007", "1 of 5", "connect()");
        find("message 3", "1 of 5", "sends c4 to network"); // not message 13
        find("lost", "1 of 4", "sends c4 to network");
        browser.press(Keys.ENTER, Keys.ENTER);
        requireChosen("sends c15 to network");
        browser.pressWith(Keys.SHIFT, Keys.ENTER);
        requireChosen("gets c4 from client");
        find("zero(", "not found", "gets c4 from client");
    }

    private void find(String text, String count, String sentence) {
        browser.pressWith(Keys.CONTROL, "a");
        browser.press(text);
        assertEquals(count, browser.evaluate("document.getElementById('count').textContent"), text);
        requireChosen(sentence);
    }

    @Test
    void keysOpenATraceOfTheResults() {
        open("results", DESK);
        assertEquals(false, browser.evaluate("document.querySelector('pre').checkVisibility()"));
        browser.press(Keys.TAB, Keys.ENTER);
        assertEquals(true, browser.evaluate("document.querySelector('details').open"));
        assertEquals(true, browser.evaluate("document.querySelector('pre').checkVisibility()"));
    }

    @Test
    void keysHideAPairOfTheReport() {
        open("report", DESK);
        String shown = "getComputedStyle(document.querySelector('main .pair0')).display !== 'none'";
        assertEquals(true, browser.evaluate(shown));
        while (!browser.evaluate("document.activeElement.id").equals("show0")) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.SPACE);
        assertEquals(false, browser.evaluate(shown));
    }
}
