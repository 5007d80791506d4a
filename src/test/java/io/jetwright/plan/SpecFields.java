package io.jetwright.plan;

import io.jetwright.api.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of a spec that are settings in JetStream, by the components of its record. */
final class SpecFields {
    /** No fields of the object: they say whose it is, and how it is treated, or become keys of its metadata. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "connectionRef",
            "deadLetter",
            "managementPolicy",
            "deletionPolicy",
            "recreatePolicy",
            "omittedFields",
            "suspend",
            "metadata",
            "alerts");

    private SpecFields() {}

    /** The fields that a spec has, but for its identity, with those inside them, such as {@code mirror.name}. */
    static Set<String> paths(Class<?> spec, Set<String> identity) {
        return components(spec, "")
                .filter(path -> Stream.concat(NO_SETTINGS.stream(), identity.stream())
                        .noneMatch(none -> path.equals(none) || path.startsWith(none + ".")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The fields that a spec has, but for its identity. */
    static Set<String> topLevel(Class<?> spec, Set<String> identity) {
        return paths(spec, identity).stream()
                .filter(path -> !path.contains("."))
                .collect(Collectors.toSet());
    }

    private static Stream<String> components(Class<?> type, String prefix) {
        return Stream.of(type.getRecordComponents())
                .flatMap(component -> Stream.concat(
                        Stream.of(prefix + component.getName()),
                        inside(component).flatMap(inner -> components(inner, prefix + component.getName() + "."))));
    }

    /** The record that the component is, or is a list of. */
    private static Stream<Class<?>> inside(RecordComponent component) {
        Type type = component.getGenericType() instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0]
                : component.getType();
        return type instanceof Class<?> record && record.isRecord() && !record.equals(ByteSize.class)
                ? Stream.of(record)
                : Stream.empty();
    }
}
