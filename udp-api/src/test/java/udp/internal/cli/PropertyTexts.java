package udp.internal.cli;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Strings as outsiders make them. */
public final class PropertyTexts {
    // controls of C0 and C1, line and paragraph separators, format characters, lone and paired surrogates
    private static final String AWKWARD = "\0\t\n\r\u001b\u007f\u0085\u009b\u00ad\u061c\u200b\u202e\u2028\u2029\u2066"
            + "\ufeff\ufffd\ufffe\uffff\ud800\udfff\udb40\udc01\ud83d\ude00\u0301\u0130\u00df";

    private PropertyTexts() {}

    /** Any {@code char}s, the awkward ones often. */
    public static Arbitrary<String> any() {
        Arbitrary<Character> characters = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.chars().all()),
                Tuple.of(2, Arbitraries.chars().ascii()),
                Tuple.of(
                        1,
                        Arbitraries.of(AWKWARD.chars().mapToObj(c -> (char) c).toList())));
        return characters.list().ofMaxSize(40).map(PropertyTexts::joined);
    }

    private static String joined(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
