package dev.tunefleet.common.space;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

/** The values of a configuration by name, in order of the names: a quarter of a tree's size, for there are many. Immutable.
 * Configurations can share a list of names. */
final class PackedValues extends AbstractMap<String, Value> {

    private final List<String> names;
    private final Value[] values;

    PackedValues(SortedMap<String, Value> sorted) {
        names = List.copyOf(sorted.keySet());
        values = present(sorted.values());
    }

    PackedValues(List<String> names, List<Value> values) {
        this.names = List.copyOf(names);
        this.values = present(values);
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("The names (" + names + ") must be as many as the values: " + values);
        }
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                throw new IllegalArgumentException("The names (" + names + ") of parameters must ascend.");
            }
        }
    }

    private static Value[] present(Collection<Value> values) {
        Value[] present = values.toArray(Value[]::new);
        for (Value value : present) {
            Objects.requireNonNull(value, "Each parameter of a configuration must have a value.");
        }
        return present;
    }

    @Override
    public Value get(Object name) {
        int at = name instanceof String text ? Collections.binarySearch(names, text) : -1;
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(Object name) {
        return name instanceof String text && Collections.binarySearch(names, text) >= 0;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash += names.get(i).hashCode() ^ Objects.hashCode(values[i]);
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedValues packed
                ? names.equals(packed.names) && Arrays.equals(values, packed.values)
                : super.equals(other);
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Value>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Value>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, Value> next() {
            if (next == values.length) {
                throw new NoSuchElementException();
            }
            int at = next++;
            return new SimpleImmutableEntry<>(names.get(at), values[at]);
        }
    }
}
