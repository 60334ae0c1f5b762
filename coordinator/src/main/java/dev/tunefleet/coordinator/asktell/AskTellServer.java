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

    private AskTellServer() {}

    public static void main(String[] arguments) throws IOException {
        // Whatever a library prints must not look like an answer.
        System.setOut(System.err);
        serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    /** Answers line by line until the input ends. */
    static void serve(InputStream input, OutputStream output) throws IOException {
        var conversation = new Conversation();
        var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.write((conversation.answer(line) + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
        }
    }
}
