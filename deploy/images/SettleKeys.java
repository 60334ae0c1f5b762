import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * {@code java SettleKeys.java generated-bytecode.jar}: takes one kind of chance out of what Quarkus generates.
 *
 * <p>Quarkus numbers the values that its generated classes hand to one another (proxykey1, proxykey2 …) as the threads of the build happen to come to
 * them. Here they are numbered anew, in the order in which the classes, by name, first mention them. A number means the same in all classes of the jar and
 * nothing outside of it, so nothing else changes. Times of entries are those of the jar's first entry.
 */
final class SettleKeys {

    private static final Pattern KEY = Pattern.compile("proxykey\\d+");
    private static final int MAGIC = 0xCAFEBABE;

    private final Map<String, String> renamed = new HashMap<>();

    private SettleKeys() {}

    public static void main(String[] arguments) throws IOException {
        new SettleKeys().settle(Path.of(arguments[0]));
    }

    private void settle(Path jar) throws IOException {
        Path settled = jar.resolveSibling(jar.getFileName() + ".settled");
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(settled);
                ZipOutputStream to = new ZipOutputStream(file)) {
            var entries = new TreeMap<String, ZipEntry>();
            from.stream().forEach(entry -> entries.put(entry.getName(), entry));
            long time = from.entries().nextElement().getTime();
            for (ZipEntry entry : entries.values()) {
                var copy = new ZipEntry(entry.getName());
                copy.setTime(time);
                to.putNextEntry(copy);
                try (InputStream content = from.getInputStream(entry)) {
                    byte[] bytes = content.readAllBytes();
                    to.write(entry.getName().endsWith(".class") ? settled(bytes) : bytes);
                }
                to.closeEntry();
            }
        }
        Files.move(settled, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The class file with other keys in its constant pool (Java Virtual Machine Specification, section 4.4). */
    private byte[] settled(byte[] type) throws IOException {
        var bytes = new ByteArrayOutputStream(type.length);
        try (var in = new DataInputStream(new ByteArrayInputStream(type));
                var out = new DataOutputStream(bytes)) {
            int magic = in.readInt();
            if (magic != MAGIC) {
                throw new IOException("A class file must begin with " + Integer.toHexString(MAGIC) + ".");
            }
            out.writeInt(magic);
            out.writeInt(in.readInt());
            int count = in.readUnsignedShort();
            out.writeShort(count);
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == 1) {
                    out.writeUTF(renamed(in.readUTF()));
                } else {
                    out.write(in.readNBytes(length(tag)));
                    // Long and double take two places.
                    i += tag == 5 || tag == 6 ? 1 : 0;
                }
            }
            in.transferTo(out);
        }
        return bytes.toByteArray();
    }

    private String renamed(String constant) {
        Matcher key = KEY.matcher(constant);
        return key.matches() ? renamed.computeIfAbsent(constant, any -> "proxykey" + (renamed.size() + 1)) : constant;
    }

    private static int length(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IOException("The tag (" + tag + ") of a constant must be a known one.");
        };
    }
}
