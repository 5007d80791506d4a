package io.jetwright.nats;

import java.util.regex.Pattern;

/** Text that nobody may see: neither logs, conditions nor exceptions show more of it than that it is there. */
public final class Sensitive {
    private static final Pattern CREDENTIALS_IN_URL = Pattern.compile("//[^/@\\s]*@");

    private final String text;

    public Sensitive(String text) {
        this.text = text;
    }

    /** What jnats says, without the users and passwords of the URLs that it may quote. */
    public static String withoutCredentials(String said) {
        return CREDENTIALS_IN_URL.matcher(said).replaceAll("//");
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
