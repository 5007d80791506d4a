package io.jetwright.nats;

import java.util.regex.Pattern;

/** A secret text. Its {@link #toString} hides it, so that no log, condition or exception shows it. Compared by value. */
public final class Sensitive {
    private static final Pattern CREDENTIALS_IN_URL = Pattern.compile("//[^/@\\s]*@");

    private final String text;

    public Sensitive(String text) {
        this.text = text;
    }

    /** A user, password or token from a file or Secret, without the line breaks that editors and {@code echo} put at the end. */
    public static Sensitive ofLine(String text) {
        return new Sensitive(text.replaceAll("\\R+$", ""));
    }

    /** Removes users, passwords and tokens from the URLs in a text of jnats. */
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
