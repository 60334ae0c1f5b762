package dev.tunefleet.worker.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Stride;

/** Small data for tests. */
public final class Data {

    private Data() {}

    static DataSource aSource(MissingValues missing) {
        return new DataSource(
                "x.csv",
                Optional.of("time"),
                List.of("y"),
                List.of(),
                2,
                new Calendar.Automatic(),
                missing,
                new Stride.Automatic(),
                Centring.NONE);
    }

    static Series read(String csv, MissingValues missing) {
        return read(csv, aSource(missing));
    }

    static Series read(String csv, DataSource source) {
        return read(csv, source, Long.MAX_VALUE);
    }

    static Series read(String csv, DataSource source, long mostCells) {
        try {
            var content = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
            return CsvReader.read("x.csv", content, source, mostCells);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A series of {@code rows} without times in which column y counts 0, 1, 2. */
    static Series counting(int rows) {
        float[] values = new float[rows];
        IntStream.range(0, rows).forEach(row -> values[row] = row);
        return new Series("x.csv", List.of("y"), new float[][] {values}, rows, new Timeline.Unknown(), 0);
    }
}
