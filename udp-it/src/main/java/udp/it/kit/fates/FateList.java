package udp.it.kit.fates;

import java.io.InputStream;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.fault.Faults;

/** The fates of some datagrams by their names, such as {@code c1=lose s2=late:150ms}; the others arrive at once. */
record FateList(Map<String, String> fates) {
    static final FateList NONE = new FateList(Map.of());

    private static final Comparator<String> IN_TURN =
            Comparator.comparingInt(FateList::number).thenComparing(Comparator.naturalOrder());

    /** A program whose only settings are its arguments. */
    private static final Shell NO_SETTINGS = new Shell(InputStream.nullInputStream(), null, null) {
        @Override
        public String property(String name) {
            return null;
        }

        @Override
        public String variable(String name) {
            return null;
        }
    };

    FateList {
        Map<String, String> sorted = new TreeMap<>(IN_TURN);
        sorted.putAll(fates);
        fates = Collections.unmodifiableMap(sorted);
    }

    /** Parses a list, and refuses it as the relay does. */
    static FateList parse(String text) {
        faults(text);
        Map<String, String> fates = new TreeMap<>(IN_TURN);
        for (String item : text.strip().split("\\s+")) {
            String[] sides = item.split("=", 2);
            fates.put(sides[0], sides[1]);
        }
        return new FateList(fates);
    }

    FateList with(String name, String fate) {
        Map<String, String> more = new TreeMap<>(IN_TURN);
        more.putAll(fates);
        more.put(name, fate);
        return new FateList(more);
    }

    Faults faults() {
        return fates.isEmpty() ? Faults.NONE : faults(toString());
    }

    /** Returns the number in the name of a datagram. */
    static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }

    private static Faults faults(String text) {
        List<String> arguments = List.of("--fates=" + text);
        try {
            return FaultOptions.of(CommandLine.parse(FaultOptions.ALL, List.of(), arguments, NO_SETTINGS));
        } catch (UsageException e) {
            throw new IllegalArgumentException(e.getMessage().replaceFirst("^--fates: ", ""), e);
        }
    }

    @Override
    public String toString() {
        return fates.entrySet().stream()
                .map(fate -> fate.getKey() + "=" + fate.getValue())
                .collect(Collectors.joining(" "));
    }
}
