/** What lives in JetStream: the loop that makes JetStream agree with a resource, who may have an object, and what its deletion does. */
@NullMarked
package io.jetwright.operator.asset;

import org.jspecify.annotations.NullMarked;
