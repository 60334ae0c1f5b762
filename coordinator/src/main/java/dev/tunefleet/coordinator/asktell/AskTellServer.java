package dev.tunefleet.coordinator.asktell;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The program behind {@code tunefleet search}: answers each line of standard input with one line on standard output. */
public final class AskTellServer {

    /** Characters of a line, its end not counted; no request comes near. */
    static final int LONGEST_LINE = 1_000_000;

    private AskTellServer() {}

    public static void main(String[] arguments) throws IOException {
        // Whatever a library prints must not look like an answer.
        System.setOut(System.err);
        serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    /** Answers line by line until the input ends. A line that is too long is answered with an error and passed over. */
    static void serve(InputStream input, OutputStream output) throws IOException {
        var conversation = new Conversation();
        var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        var line = new StringBuilder();
        long length = 0;
        for (int next = lines.read(); next >= 0 || length > 0; next = lines.read()) {
            if (next >= 0 && next != '\n') {
                if (++length <= LONGEST_LINE) {
                    line.append((char) next);
                }
                continue;
            }
            output.write((answer(conversation, line, length) + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
            line = new StringBuilder();
            length = 0;
        }
    }

    private static String answer(Conversation conversation, StringBuilder line, long length) {
        return length <= LONGEST_LINE
                ? conversation.answer(line.toString())
                : Conversation.error("The line (" + length + " characters) must have at most " + LONGEST_LINE + ".");
    }
}
