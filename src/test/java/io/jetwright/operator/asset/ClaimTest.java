package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Stream;
import io.jetwright.plan.Owner;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {
    private static final Owner ME = new Owner("here", "shop", "me");
    private static final Owner OTHER = new Owner("here", "shop", "other");
    private static final boolean ALIVE = true;
    private static final boolean DEAD = false;

    private final Stream resource = stream("me", "{}");

    private Claim claim(Optional<Owner> owner, boolean isAlive, Stream... rivals) {
        return Claim.of(resource, ME, owner, each -> isAlive, java.util.stream.Stream.of(rivals));
    }

    private static Stream rival(String namespace, String name, String created) {
        Stream rival = stream(name, "{}");
        rival.getMetadata().setNamespace(namespace);
        rival.getMetadata().setCreationTimestamp(created);
        return rival;
    }

    private static String refusal(Claim claim) {
        return ((Claim.Refused) claim).message();
    }

    @Test
    void whatNobodyElseClaimsIsGranted() {
        assertThat(claim(Optional.empty(), ALIVE)).isEqualTo(new Claim.Granted());
    }

    @Test
    void theOwnerHasItEvenIfAnotherIsOlder() {
        assertThat(claim(Optional.of(ME), ALIVE, rival("shop", "older", "2020-01-01T00:00:00Z")))
                .isEqualTo(new Claim.Granted());
    }

    @Test
    void anOwnerThatIsAliveKeepsIt() {
        assertThat(refusal(claim(Optional.of(OTHER), ALIVE)))
                .startsWith("it belongs to shop/other (metadata jetwright.io/owner)");
    }

    @Test
    void anOwnerThatIsGoneDoesNotBlock() {
        assertThat(claim(Optional.of(OTHER), DEAD)).isEqualTo(new Claim.Granted());
    }

    @Test
    void anOwnerOfAnotherClusterIsNamedWithIt() {
        assertThat(refusal(claim(Optional.of(new Owner("there", "shop", "me")), ALIVE)))
                .startsWith("it belongs to shop/me of the Kubernetes cluster there");
    }

    @Test
    void whatIsLeftByADeadOwnerGoesToTheOldestThatWantsIt() {
        assertThat(refusal(claim(Optional.of(OTHER), DEAD, rival("shop", "older", "2020-01-01T00:00:00Z"))))
                .startsWith("shop/older is older and names it too");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T09:59:59Z, shop, zebra, true",
        "2026-06-01T10:00:01Z, shop, ant, false",
        "2026-06-01T10:00:00Z, bank, zebra, true",
        "2026-06-01T10:00:00Z, zoo, ant, false",
        "2026-06-01T10:00:00Z, shop, ant, true",
        "2026-06-01T10:00:00Z, shop, zebra, false"
    })
    void theOlderWinsAndOfTheSameSecondTheFirstByNamespaceAndName(
            String created, String namespace, String name, boolean wins) {
        assertThat(claim(Optional.empty(), ALIVE, rival(namespace, name, created)) instanceof Claim.Refused)
                .isEqualTo(wins);
    }

    @Test
    void theOldestOfSeveralIsNamed() {
        assertThat(refusal(claim(
                        Optional.empty(),
                        ALIVE,
                        rival("shop", "old", "2021-01-01T00:00:00Z"),
                        rival("shop", "oldest", "2020-01-01T00:00:00Z"),
                        rival("shop", "younger", "2027-01-01T00:00:00Z"))))
                .startsWith("shop/oldest is older");
    }
}
