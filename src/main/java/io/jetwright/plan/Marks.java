package io.jetwright.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of a JetStream object its resource manages: the fields that the spec sets, and the keys that it sets in the metadata.
 * They stand in the object's own metadata ({@link Mapping#FIELDS_KEY}).
 *
 * @param names of fields as the spec names them, and of keys as {@code metadata.KEY}
 */
record Marks(SortedSet<String> names) {
    static final Marks NONE = new Marks(Collections.emptySortedSet());

    private static final String SEPARATOR = ",";

    Marks {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** The marks in an object's metadata; none where nobody has put any. */
    static Marks of(Settings settings) {
        return NONE.with(settings.metadata(Mapping.FIELDS_KEY).stream()
                .flatMap(text -> Stream.of(text.split(SEPARATOR)))
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /** These marks, and those of fields. */
    Marks with(Collection<String> fields) {
        SortedSet<String> more = new TreeSet<>(names);
        more.addAll(fields);
        return new Marks(more);
    }

    /** These marks, and those of keys in the metadata. */
    Marks withKeys(Collection<String> keys) {
        return with(keys.stream().map(Marks::ofKey).toList());
    }

    boolean hasField(String field) {
        return names.contains(field);
    }

    boolean hasKey(String key) {
        return names.contains(ofKey(key));
    }

    /** A mark cannot contain what separates marks. */
    private static String ofKey(String key) {
        return Metadata.nameOf(key).replace("%", "%25").replace(SEPARATOR, "%2C");
    }

    /** As the metadata has them. */
    @Override
    public String toString() {
        return String.join(SEPARATOR, names);
    }
}
