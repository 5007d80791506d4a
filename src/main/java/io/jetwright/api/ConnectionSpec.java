package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How to connect to NATS. */
@JsonClassDescription("The servers, and how to log in: with one kind of credentials, or none.")
@ValidationRule(
        value = "[has(self.creds), has(self.nkey), has(self.jwt), has(self.user), has(self.token)]"
                + ".filter(given, given).size() <= 1",
        message = "creds, nkey, jwt, user and token exclude each other: choose one")
@ValidationRule(
        value = "!has(self.domain) || !has(self.apiPrefix)",
        message = "domain and apiPrefix exclude each other: a domain is short for the prefix $JS.<domain>.API")
public record ConnectionSpec(
        @JsonPropertyDescription("URLs of NATS servers of one system, such as nats://nats.example:4222; tls:// for TLS,"
                + " ws:// and wss:// for WebSocket. User and password belong into a Secret.")
        @Required
        @Size(min = 1, max = 32)
        List<@Pattern(Limits.SERVER) @Size(max = 2000) String> servers,

        @JsonPropertyDescription("Credentials: a credentials file (.creds), as nsc writes it.") @Nullable
        CredsSecret creds,

        @JsonPropertyDescription("Credentials: the seed of a user's nkey.") @Nullable
        NkeySecret nkey,

        @JsonPropertyDescription("Credentials: a user's JWT and the seed of its nkey.") @Nullable
        JwtSecret jwt,

        @JsonPropertyDescription("Credentials: user and password.") @Nullable
        UserSecret user,

        @JsonPropertyDescription("Credentials: a token.") @Nullable
        TokenSecret token,

        @JsonPropertyDescription("TLS, with certificates from a Secret or, as {}, with the authorities that Java"
                + " trusts. Also spoken without it where a server's URL begins with tls:// or wss://.")
        @Nullable
        TlsSecret tls,

        @JsonPropertyDescription("TLS begins before the server says anything (handshake_first in its configuration).")
        @Nullable
        Boolean tlsFirst,

        @JsonPropertyDescription("The JetStream domain. Either this or apiPrefix.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String domain,

        @JsonPropertyDescription("The subject prefix of JetStream's API, where an account imports it under another name"
                + " than $JS.API. Either this or domain.")
        @Pattern(Limits.LITERAL_SUBJECT)
        @Size(min = 1, max = Limits.SUBJECT_LENGTH)
        @Nullable
        String apiPrefix,

        @JsonPropertyDescription("Which other namespaces may use this Connection. Omitted: only its own.") @Nullable
        AllowedNamespaces allowedNamespaces,

        @JsonPropertyDescription(
                "For the relay of dead letters: other credentials than the operator's, which are used where"
                        + " it names none, and the stream that captures advisories.")
        @Nullable
        ConnectionDeadLetters deadLetters)
        implements Login {
    /** The names of the Secrets that the operator's credentials and TLS name, sorted; unmodifiable, empty for none. */
    public SortedSet<String> secretNames() {
        return secretNames(this);
    }

    /** The same with the credentials of the relay of dead letters, where it has its own. */
    public SortedSet<String> relaySecretNames() {
        return secretNames(relayLogin());
    }

    /** The credentials of the relay of dead letters: its own, else the operator's. */
    public Login relayLogin() {
        return deadLetters == null || deadLetters.loginSecrets().findAny().isEmpty() ? this : deadLetters;
    }

    private SortedSet<String> secretNames(Login login) {
        SortedSet<String> names = java.util.stream.Stream.concat(
                        login.loginSecrets(), java.util.stream.Stream.ofNullable(tls == null ? null : tls.secret()))
                .map(SecretReference::name)
                .collect(Collectors.toCollection(TreeSet::new));
        return Collections.unmodifiableSortedSet(names);
    }
}
