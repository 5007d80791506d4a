package io.jetwright.operator.report;

import io.jetwright.api.Measurement;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The {@link Measurement}s of a status and of the records in it, apart from what else the status says. Immutable. */
public final class Measurements {
    private final List<@Nullable Object> values;

    private Measurements(List<@Nullable Object> values) {
        this.values = values;
    }

    /** The measurements of a status, a record. */
    public static Measurements of(Object status) {
        ArrayList<@Nullable Object> values = new ArrayList<>();
        map(status, value -> {
            values.add(value);
            return value;
        });
        values.trimToSize();
        return new Measurements(values);
    }

    /** The status with these measurements in the place of its own; as it is if it has not as many. */
    public <T> T in(T status) {
        var taken = new AtomicInteger();
        T result = map(status, value -> {
            int next = taken.getAndIncrement();
            return next < values.size() ? values.get(next) : value;
        });
        return taken.get() == values.size() ? result : status;
    }

    /** Whether two statuses say the same, their measurements apart. */
    public static <T> boolean areAllThatDiffers(T one, T other) {
        return of(other).in(one).equals(other);
    }

    /**
     * By how much the number differs that differs most, as a share of the larger value, from 0 to 1. Times do not count, since
     * none changes without a number.
     *
     * @param other those of a status of the same shape
     */
    public double greatestChange(Measurements other) {
        double greatest = 0;
        for (int i = 0; i < values.size(); i++) {
            greatest = Math.max(greatest, change(values.get(i), other.values.get(i)));
        }
        return greatest;
    }

    private static double change(@Nullable Object before, @Nullable Object after) {
        if (before instanceof String || after instanceof String) {
            return 0;
        }
        double one = number(before);
        double two = number(after);
        return one == two ? 0 : Math.abs(one - two) / Math.max(Math.abs(one), Math.abs(two));
    }

    private static double number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    @SuppressWarnings("unchecked")
    private static <T> T map(T value, UnaryOperator<@Nullable Object> measurement) {
        if (value instanceof List<?> list) {
            return (T) list.stream().map(each -> map(each, measurement)).toList();
        }
        return value instanceof Record ? (T) SHAPES.get(value.getClass()).map(value, measurement) : value;
    }

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    /** The components of a record, which are its constructor's parameters. */
    private record Shape(List<RecordComponent> components, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            List<RecordComponent> components = List.of(type.getRecordComponents());
            Class<?>[] parameters =
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                return new Shape(components, type.getDeclaredConstructor(parameters));
            } catch (NoSuchMethodException e) {
                throw new AssertionError("each record has such a constructor", e);
            }
        }

        Object map(Object value, UnaryOperator<@Nullable Object> measurement) {
            List<@Nullable Object> arguments = new ArrayList<>(components.size());
            try {
                for (RecordComponent component : components) {
                    Object before = component.getAccessor().invoke(value);
                    arguments.add(
                            component.isAnnotationPresent(Measurement.class)
                                    ? measurement.apply(before)
                                    : before == null ? null : Measurements.map(before, measurement));
                }
                return constructor.newInstance(arguments.toArray());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a status's records are public, and fail at nothing", e);
            }
        }
    }
}
