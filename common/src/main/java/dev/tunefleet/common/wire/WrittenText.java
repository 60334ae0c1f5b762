package dev.tunefleet.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * The text of a record, read from left to right by one who knows how a {@link Codec} writes it: which fields, in which order, nothing
 * between them. That takes a fraction of the time of reading JSON in general, and a long journal repeats the same few types.
 *
 * <p>Every method that reads something throws where anything else stands, right or wrong: the codec then reads the record in general.
 */
public final class WrittenText {

    private static final RuntimeException OTHERWISE = new Otherwise();
    /** Longer numbers might not fit, or be refused. */
    private static final int LONGEST_WHOLE = 15;

    private static final int LONGEST_NUMBER = 30;

    /** One character for each byte. */
    private final String text;

    private final char[] number = new char[LONGEST_NUMBER];
    private int at;

    WrittenText(byte[] bytes) {
        text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public void open() {
        pass('{');
    }

    public void close() {
        pass('}');
    }

    /** Whether the open object ends here. */
    public boolean closes() {
        return text.charAt(at) == '}';
    }

    boolean ended() {
        return at == text.length();
    }

    /** Goes past the name of the field {@code name}, where it comes next; returns whether it does. */
    public boolean has(String name) {
        boolean first = text.charAt(at - 1) == '{';
        int from = first ? at : at + 1;
        int to = from + 1 + name.length();
        boolean here = (first || text.charAt(at) == ',')
                && text.charAt(from) == '"'
                && text.startsWith(name, from + 1)
                && text.charAt(to) == '"'
                && text.charAt(to + 1) == ':';
        at = here ? to + 2 : at;
        return here;
    }

    /** Goes past the name of the field {@code name}, which must come next. */
    public WrittenText field(String name) {
        demand(has(name));
        return this;
    }

    /** Goes past the name of the field that comes next and returns it: {@code likely} itself where it is equal. */
    public String anyField(String likely) {
        if (has(likely)) {
            return likely;
        }
        if (text.charAt(at - 1) != '{') {
            pass(',');
        }
        String name = string();
        pass(':');
        return name;
    }

    public int whole(String field) {
        long value = wholeLong(field);
        demand((int) value == value);
        return (int) value;
    }

    public long wholeLong(String field) {
        field(field);
        int from = at;
        demand(passNumber() == at && at - from <= LONGEST_WHOLE);
        return wholeBetween(from, at);
    }

    public double number(String field) {
        return field(field).number();
    }

    public double number() {
        int from = at;
        boolean whole = passNumber() == at;
        demand(at - from <= (whole ? LONGEST_WHOLE : LONGEST_NUMBER));
        if (whole) {
            return wholeBetween(from, at);
        }
        text.getChars(from, at, number, 0);
        return NumberInput.parseDouble(number, 0, at - from, true);
    }

    /** Whether the value here is a text. */
    public boolean isString() {
        return text.charAt(at) == '"';
    }

    public String string(String field) {
        return field(field).string();
    }

    public String string() {
        pass('"');
        int from = at;
        for (char each = text.charAt(at); each != '"'; each = text.charAt(++at)) {
            demand(each >= ' ' && each <= '~' && each != '\\');
        }
        return text.substring(from, at++);
    }

    public boolean truth(String field) {
        field(field);
        boolean truth = text.charAt(at) == 't';
        String word = truth ? "true" : "false";
        demand(text.startsWith(word, at));
        at += word.length();
        return truth;
    }

    public UUID uuid(String field) {
        field(field);
        pass('"');
        long high = hex(8);
        pass('-');
        high = high << 16 | hex(4);
        pass('-');
        high = high << 16 | hex(4);
        pass('-');
        long low = hex(4);
        pass('-');
        low = low << 48 | hex(12);
        pass('"');
        return new UUID(high, low);
    }

    public <E> List<E> list(String field, Function<WrittenText, E> element) {
        field(field);
        pass('[');
        var list = new ArrayList<E>();
        while (text.charAt(at) != ']') {
            if (!list.isEmpty()) {
                pass(',');
            }
            list.add(element.apply(this));
        }
        at++;
        return list;
    }

    private void pass(char expected) {
        demand(text.charAt(at) == expected);
        at++;
    }

    private boolean passIf(char possible) {
        boolean here = text.charAt(at) == possible;
        at += here ? 1 : 0;
        return here;
    }

    /** Goes past a number; returns where its whole part ends. */
    private int passNumber() {
        passIf('-');
        int from = at;
        passDigits();
        demand(text.charAt(from) != '0' || at == from + 1);
        int whole = at;
        if (passIf('.')) {
            passDigits();
        }
        if (passIf('E')) {
            passIf('-');
            passDigits();
        }
        return whole;
    }

    private void passDigits() {
        int from = at;
        while (text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        demand(at > from);
    }

    private long wholeBetween(int from, int to) {
        boolean negative = text.charAt(from) == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = 10 * value + text.charAt(i) - '0';
        }
        return negative ? -value : value;
    }

    private long hex(int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char each = text.charAt(at++);
            boolean letter = each >= 'a' && each <= 'f';
            demand(letter || each >= '0' && each <= '9');
            value = value << 4 | (letter ? each - 'a' + 10 : each - '0');
        }
        return value;
    }

    private static void demand(boolean asWritten) {
        if (!asWritten) {
            throw OTHERWISE;
        }
    }

    /** Says nothing: what is wrong, if anything is, the general reading tells. */
    private static final class Otherwise extends RuntimeException {
        private static final long serialVersionUID = 1;

        Otherwise() {
            super("", null, false, false);
        }
    }
}
