package io.jetwright.nats;

/** Text that nobody may see: neither logs, conditions nor exceptions show more of it than that it is there. */
public final class Sensitive {
    private final String text;

    public Sensitive(String text) {
        this.text = text;
    }

    String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sensitive that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
