/** The kinds of resources that live in JetStream: what each is called there, what its status shows, and how its resources are found. */
@NullMarked
package io.jetwright.operator.asset.kind;

import org.jspecify.annotations.NullMarked;
