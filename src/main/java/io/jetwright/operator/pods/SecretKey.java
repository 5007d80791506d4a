package io.jetwright.operator.pods;

/**
 * A key of a Secret that pods need, in the namespace of their owner: without it Kubernetes does not start them.
 *
 * @param secret the name of the Secret
 * @param field of the spec that names it, for messages
 * @param mayBeBlank whether the pods take a value without a text
 */
public record SecretKey(String secret, String key, String field, boolean mayBeBlank) {}
