package udp.it.diagram;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import udp.internal.trace.Call;
import udp.internal.trace.HexDump;
import udp.it.diagram.ArrowLines.Label;
import udp.it.diagram.ArrowLines.Line;
import udp.it.diagram.Sequence.Moment;
import udp.it.html.HtmlTemplate;

/** The diagram as a page without requests: a row for each moment, with its part of the drawing and a sentence. */
final class HtmlDiagram {
    private static final int EXCERPT = 120;
    private static final int MAX_ENDPOINTS = 3;
    /** The numbers of lanes whose titles do not stand side by side on a telephone, and on a desk. */
    private static final int SEVERAL = 4;

    private static final int MANY = 7;

    private record Head(String x, String title, String endpoints) {}

    /** A moment. The place of a step that is no end of an arrow is a dot. */
    private record Row(
            String style,
            List<Line> lines,
            List<Label> labels,
            String dot,
            String time,
            String lane,
            String call,
            String words,
            String fate,
            String travel,
            String more,
            String hexDump) {}

    private final Sequence sequence;
    private final ArrowLines drawing;

    private HtmlDiagram(Sequence sequence) {
        this.sequence = sequence;
        this.drawing = new ArrowLines(sequence);
    }

    static String of(Sequence sequence) {
        return new HtmlDiagram(sequence).page();
    }

    private String page() {
        int lanes = sequence.lanes().size();
        return HtmlTemplate.fill(
                HtmlDiagram.class,
                "diagram.html",
                Map.of(
                        "summary", sequence.summary(),
                        "lanes", lanes,
                        "crowd", lanes >= MANY ? "several many" : lanes >= SEVERAL ? "several" : "few",
                        "heads", sequence.lanes().stream().map(this::head).toList(),
                        "lifelines",
                                sequence.lanes().stream()
                                        .map(lane -> "var(--life) " + ArrowLines.percent(drawing.x(lane))
                                                + "% 0/2px 100% no-repeat")
                                        .collect(Collectors.joining(", ")),
                        "suggestions", suggestions(),
                        "rows",
                                IntStream.range(0, sequence.moments().size())
                                        .mapToObj(this::row)
                                        .toList()));
    }

    private Head head(Lane lane) {
        List<Endpoint> all = lane.endpoints();
        String some = all.stream().limit(MAX_ENDPOINTS).map(Endpoint::toString).collect(Collectors.joining(", "));
        int more = all.size() - MAX_ENDPOINTS;
        return new Head(
                ArrowLines.percent(drawing.x(lane)), lane.title(), more > 0 ? some + " and " + more + " more" : some);
    }

    /** Returns the words that are worth finding: the fates, and what failed. */
    private TreeSet<String> suggestions() {
        TreeSet<String> words = sequence.arrows().stream()
                .map(arrow -> arrow.fate().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        sequence.moments().stream()
                .map(Moment::step)
                .filter(step -> step.hasFailed() || step.call() == Call.TIME_OUT)
                .map(step -> step.hasFailed() ? "failed" : step.call().toString())
                .forEach(words::add);
        return words;
    }

    private Row row(int number) {
        Moment moment = sequence.moments().get(number);
        TraceStep step = moment.step();
        Arrow arrow = moment.arrow();
        String java = step.step().java() == null ? "" : step.step().java();
        String more = step.local() == null || step.call() == Call.BIND
                ? java
                : java + (java.isEmpty() ? "" : ", ") + "own address " + step.local();
        return new Row(
                arrow != null ? ArrowLines.style(arrow) : step.hasFailed() ? "bad" : "local",
                drawing.lines(number),
                drawing.labels(number),
                arrow == null ? ArrowLines.percent(drawing.x(moment.lane())) : "",
                String.format(Locale.ROOT, "%.3f", step.nanos() / 1e6),
                moment.lane().title(),
                step.call().toString(),
                words(moment),
                arrow == null || isTold(moment) ? "" : arrow.words(),
                arrow == null ? "" : travel(moment),
                more,
                step.data() == null ? "" : HexDump.of(step.data(), ""));
    }

    /** Returns the sentence of a moment without its beginning, which is the lane and the call. */
    private static String words(Moment moment) {
        TraceStep step = moment.step();
        Endpoint address = step.call() == Call.BIND ? step.local() : step.call() == Call.CONNECT ? step.peer() : null;
        String local = address == null ? "" : "to " + address;
        return Stream.of(
                        moment.arrow() == null ? local : datagram(moment),
                        Objects.requireNonNullElse(step.step().note(), ""),
                        step.hasFailed() ? "failed: " + step.step().failure() : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String datagram(Moment moment) {
        TraceStep step = moment.step();
        Arrow arrow = moment.arrow();
        String name = arrow.name().isEmpty() ? "a datagram" : arrow.name();
        String content = ": " + TraceStep.content(step.data(), EXCERPT);
        if (moment.isDeparture()) {
            return "sends " + name + " to " + arrow.to() + " at " + step.peer() + content;
        }
        boolean isTold =
                arrow.sent() != null && Arrays.equals(step.data(), arrow.sent().data());
        return "gets " + name + " from " + arrow.from() + " at " + step.peer() + (isTold ? "" : content);
    }

    /** Returns whether the row of the departure has told that all is well. */
    private static boolean isTold(Moment moment) {
        Arrow arrow = moment.arrow();
        return !moment.isDeparture() && arrow.sent() != null && arrow.fate().isUnharmed();
    }

    /** Returns the time that the datagram took, as seen from the moment. */
    private static String travel(Moment moment) {
        if (!moment.arrow().hasBothEnds() || moment.arrow().fate().isEnd()) {
            return "";
        }
        String form = moment.isDeparture() ? ", arrives %.1f ms later" : ", sent %.1f ms before";
        return String.format(Locale.ROOT, form, moment.arrow().travelNanos() / 1e6);
    }
}
