package udp.internal.trace;

import java.net.InetSocketAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import udp.internal.text.Printable;

/**
 * A step of a program, whose texts are {@linkplain Printable#line printable}, whoever wrote them. A trace file has each
 * step as an object in a line, with the members below and {@code size}, the number of bytes in {@code data}. A member
 * that a step does not have is null here, and absent in the file.
 *
 * @param time the wall clock, in UTC, in the file as in ISO 8601
 * @param nanos the monotonic clock, which all programs of a machine share if their JVM is HotSpot: before the call for
 *     {@code sendto()}, after the call for {@code recvfrom()}, so that sending comes before receiving
 * @param program the program, {@code udp-client}, {@code udp-server} or {@code udp-it proxy}, the relay
 * @param call the call
 * @param java the method of Java that does it
 * @param local the own address and port, as people write them
 * @param peer the address and port of the other side
 * @param data the whole datagram, not copied, in the file in hexadecimal
 * @param note what else there is to say
 * @param failure why the call failed
 * @param datagram the relay's name of the datagram: {@code c1} is the first from a client, {@code s1} the first from the
 *     server
 * @param fate what the relay does with a datagram that has arrived, in words with commas between
 */
public record Step(
        Instant time,
        long nanos,
        String program,
        Call call,
        String java,
        String local,
        String peer,
        byte[] data,
        String note,
        String failure,
        String datagram,
        String fate) {
    public Step {
        program = printable(program);
        java = printable(java);
        local = printable(local);
        peer = printable(peer);
        note = printable(note);
        failure = printable(failure);
        datagram = printable(datagram);
        fate = printable(fate);
    }

    private static String printable(String text) {
        return text == null ? null : Printable.line(text);
    }

    /** Returns a step without addresses and data. */
    public static Step of(Instant time, long nanos, String program, Call call, String java) {
        return new Step(time, nanos, program, call, java, null, null, null, null, null, null, null);
    }

    /** Returns this step with addresses, each perhaps null. */
    public Step between(InetSocketAddress newLocal, InetSocketAddress newPeer) {
        return new Step(
                time, nanos, program, call, java, text(newLocal), text(newPeer), data, note, failure, datagram, fate);
    }

    /** Returns this step with the bytes of a datagram. */
    public Step withData(byte[] newData) {
        return new Step(time, nanos, program, call, java, local, peer, newData, note, failure, datagram, fate);
    }

    Step withNote(String newNote) {
        return new Step(time, nanos, program, call, java, local, peer, data, newNote, failure, datagram, fate);
    }

    /** Returns this step with the reason of its failure, or null. */
    public Step withFailure(String newFailure) {
        return new Step(time, nanos, program, call, java, local, peer, data, note, newFailure, datagram, fate);
    }

    /** Returns this step of the relay with its name of the datagram, and what it does with it, or null. */
    public Step withDatagram(String newDatagram, String newFate) {
        return new Step(time, nanos, program, call, java, local, peer, data, note, failure, newDatagram, newFate);
    }

    private static String text(InetSocketAddress address) {
        return address == null ? null : Printable.address(address);
    }

    /** Returns the members that a trace file has of this step, in their order, numbers as text. */
    Map<String, String> toMembers() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("time", time.toString());
        members.put("nanos", Long.toString(nanos));
        members.put("program", program);
        members.put("call", call.toString());
        members.put("java", java);
        members.put("local", local);
        members.put("peer", peer);
        members.put("size", data == null ? null : Integer.toString(data.length));
        members.put("data", data == null ? null : HexFormat.of().formatHex(data));
        members.put("note", note);
        members.put("failure", failure);
        members.put("datagram", datagram);
        members.put("fate", fate);
        members.values().removeIf(Objects::isNull);
        return members;
    }

    /**
     * Returns the step that has these members, numbers as text. Unknown members are ignored.
     *
     * @throws IllegalArgumentException if a member is malformed or missing; the message is for the user
     */
    public static Step fromMembers(Map<String, String> members) {
        Call call = Call.of(required(members, "call"));
        boolean carries = call == Call.SENDTO || call == Call.RECVFROM;
        if (carries || call == Call.TIME_OUT || call == Call.CLOSE) {
            required(members, "local");
        }
        if (carries && !members.containsKey("failure")) {
            required(members, "peer");
            required(members, "data");
        }
        return new Step(
                parsed(members, "time", Instant::parse),
                parsed(members, "nanos", Long::valueOf),
                required(members, "program"),
                call,
                members.get("java"),
                members.get("local"),
                members.get("peer"),
                members.containsKey("data") ? parsed(members, "data", HexFormat.of()::parseHex) : null,
                members.get("note"),
                members.get("failure"),
                members.get("datagram"),
                members.get("fate"));
    }

    private static <T> T parsed(Map<String, String> members, String name, Function<String, T> parser) {
        String value = required(members, name);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) { // The messages of the JDK do not name the member.
            throw new IllegalArgumentException("malformed \"" + name + "\"", e);
        }
    }

    private static String required(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no \"" + name + "\"");
        }
        return value;
    }
}
