package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.worker.lstm.State;

/** {@link Progress} as bytes: a magic number, a version, numbers, then four vectors of floats; all big-endian. */
final class CheckpointFile {

    private static final int MAGIC = 0x54464350;
    private static final int VERSION = 1;

    private CheckpointFile() {}

    static byte[] write(Progress progress) {
        State network = progress.network();
        var bytes = new ByteArrayOutputStream(256 + 16 * network.parameters().length);
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(progress.epoch());
            out.writeLong(network.steps());
            out.writeDouble(progress.firstLoss());
            out.writeDouble(progress.seconds());
            out.writeInt(progress.stopping().waited());
            write(out, progress.stopping().best());
            write(out, progress.stopping().last());
            out.writeInt(network.parameters().length);
            write(out, network.parameters());
            write(out, network.firstMoments());
            write(out, network.secondMoments());
            write(out, progress.bestParameters());
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory must take what is written to it.", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param parameters how many the network has
     * @throws IOException when it is no such checkpoint, or one of another network
     */
    static Progress read(byte[] bytes, int parameters) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            require(in.readInt() == MAGIC, "must begin with its magic number");
            require(in.readInt() == VERSION, "must have version " + VERSION);
            int epoch = in.readInt();
            long steps = in.readLong();
            double firstLoss = in.readDouble();
            double seconds = in.readDouble();
            int waited = in.readInt();
            var stopping = new EarlyStopping(measurement(in), measurement(in), waited);
            require(in.readInt() == parameters, "must have the " + parameters + " parameters of its network");
            var network = new State(floats(in, parameters), floats(in, parameters), floats(in, parameters), steps);
            return new Progress(epoch, network, stopping, floats(in, parameters), firstLoss, seconds);
        }
    }

    private static void require(boolean holds, String rule) throws IOException {
        if (!holds) {
            throw new IOException("A checkpoint " + rule + ".");
        }
    }

    private static void write(DataOutputStream out, Measurement measurement) throws IOException {
        out.writeInt(measurement.epoch());
        out.writeDouble(measurement.trainLoss());
        out.writeDouble(measurement.stopValue());
        out.writeDouble(measurement.rankValue());
        out.writeDouble(measurement.bestStopValue());
        out.writeDouble(measurement.seconds());
    }

    private static Measurement measurement(DataInputStream in) throws IOException {
        return new Measurement(
                in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        var buffer = ByteBuffer.allocate(4 * values.length);
        buffer.asFloatBuffer().put(values);
        out.write(buffer.array());
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(4 * count);
        require(bytes.length == 4 * count, "must not be cut short");
        float[] values = new float[count];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
