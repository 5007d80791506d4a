package io.jetwright.operator.pods;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.News;
import io.jetwright.status.Reason;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A kind that this package does not know of runs pods. */
class AnyKindTest {
    private static final String ARCHIVER = """
            apiVersion: example.com/v1
            kind: Archiver
            metadata: {name: archive, namespace: shop, uid: a}
            spec: {%s}
            ---
            apiVersion: jetwright.io/v1beta1
            kind: Stream
            metadata: {name: orders, namespace: shop}
            spec: {name: ORDERS}
            """;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeContext kubernetes = new FakeContext(executor);

    @AfterEach
    void endThreads() {
        executor.close();
    }

    private static OwnedResource<Deployment, Archiver> deployment(Surroundings<Archiver> surroundings) {
        PodInputsResolver<Archiver> resolver = surroundings.resolver(Archiver::references);
        return OwnedResource.of(
                Deployment.class,
                Archiver.METADATA,
                archiver -> resolver.resolve(archiver) instanceof PodInputs.Resolved inputs
                        ? Optional.of(deployment(archiver, inputs))
                        : Optional.empty(),
                new News(new RecordedEvents()));
    }

    private static Deployment deployment(Archiver archiver, PodInputs.Resolved inputs) {
        var pod = new PodTemplateSpecBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("archiver")
                .withImage(inputs.image().name())
                .addNewEnv()
                .withName("STREAM_NAME")
                .withValue(inputs.stream())
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        return new DeploymentBuilder()
                .withMetadata(Archiver.METADATA.of(archiver, null))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Archiver.METADATA.podSelector(archiver))
                .endSelector()
                .withTemplate(HardenedPod.of(archiver, Archiver.METADATA, inputs.access(), pod))
                .endSpec()
                .build();
    }

    private WorkflowReconcileResult reconcile(Surroundings<Archiver> surroundings) {
        Workflow<Archiver> workflow = new WorkflowBuilder<Archiver>()
                .addDependentResource(deployment(surroundings))
                .withThrowExceptionFurther(false)
                .build();
        return workflow.reconcile(surroundings.resource(), kubernetes.context());
    }

    @Test
    void itsDeploymentIsMadeOfWhatItNames() {
        var surroundings = Surroundings.of(Archiver.class, ARCHIVER.formatted("source: {name: orders}, image: mine"));
        Deployment made = deployment(surroundings).desired(surroundings.resource(), kubernetes.context());
        assertThat(made.getMetadata().getName()).isEqualTo("archive");
        assertThat(made.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "archiver");
        assertThat(made.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(made.getSpec().getSelector().getMatchLabels());
        Container container =
                made.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertThat(container.getImage()).isEqualTo("mine");
        assertThat(container.getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactly(tuple("NATS_URL", "nats://nats.nats:4222"), tuple("STREAM_NAME", "ORDERS"));
    }

    @Test
    void aDeploymentThatItDoesNotOwnIsAConflict() {
        var surroundings = Surroundings.of(Archiver.class, ARCHIVER.formatted("source: {name: orders}"));
        kubernetes.refuse(409);
        kubernetes.putUnlabelled(deployment(surroundings).desired(surroundings.resource(), kubernetes.context()));
        assertThat(Refusals.assess(reconcile(surroundings)))
                .contains(
                        new Assessment(
                                Reason.CONFLICT,
                                "there is a Deployment archive that does not belong to this Archiver: delete it, or give the Archiver another name"));
    }

    @Test
    void aDeploymentThatKubernetesRefusesIsSaidToBe() {
        var surroundings = Surroundings.of(Archiver.class, ARCHIVER.formatted("source: {name: orders}"));
        kubernetes.refuse(403);
        assertThat(Refusals.assess(reconcile(surroundings)))
                .contains(new Assessment(
                        Reason.FORBIDDEN, "Kubernetes does not let the operator apply the Deployment: refused"));
    }

    @Test
    void whileItsInputsAreBlockedItsDeploymentIsLeftAsItIs() {
        var surroundings = Surroundings.of(Archiver.class, ARCHIVER.formatted("source: {name: missing}"));
        assertThat(reconcile(surroundings).erroredDependentsExist()).isFalse();
        assertThat(kubernetes.requests()).isEmpty();
    }

    @Test
    void noClassHereKnowsAKindThatRunsPods() {
        noClasses()
                .that()
                .resideInAPackage("io.jetwright.operator.pods")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.jetwright.operator", "io.jetwright.operator.eventlogger..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameStartingWith("EventLogger")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.jetwright.operator"));
    }
}
