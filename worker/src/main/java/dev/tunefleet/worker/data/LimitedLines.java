package dev.tunefleet.worker.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

import dev.tunefleet.worker.data.InvalidDataException.Place;

/** A reader that refuses a line that is too long as soon as it is, so that no file can fill the memory with one line. */
final class LimitedLines extends FilterReader {

    private final String file;
    private final int most;
    private int line = 1;
    private int length;
    private boolean afterReturn;

    /**
     * @param most the characters of the longest line, its end not counted
     */
    LimitedLines(String file, Reader content, int most) {
        super(content);
        this.file = file;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        if (character >= 0) {
            count((char) character);
        }
        return character;
    }

    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
        int read = super.read(buffer, offset, count);
        for (int i = 0; i < read; i++) {
            count(buffer[offset + i]);
        }
        return read;
    }

    private void count(char character) {
        boolean ends = character == '\n' || character == '\r';
        if (ends) {
            line += character == '\n' && afterReturn ? 0 : 1;
            length = 0;
        } else if (++length > most) {
            throw new InvalidDataException(
                    Place.line(file, line),
                    "a line must have at most " + most + " characters, this one has more. Maybe the file is not text.");
        }
        afterReturn = character == '\r';
    }
}
