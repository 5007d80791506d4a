/** Tests on the real thing: a kube-apiserver with etcd, a nats-server, and the operator as a process of its own. */
@NullMarked
package io.jetwright.it;

import org.jspecify.annotations.NullMarked;
