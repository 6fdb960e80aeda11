"""moto.server, for clients that repeat a call whose answer they have missed, with one flag that it forgets, one call that
it does not know, and the network interfaces that a load balancer has.

Its answers get lost now and then on a busy machine. The SDKs then send the call again; moto carries it out a second time
and says that what it has just created exists already. All attempts of one call carry one amz-sdk-invocation-id, so the
second one gets the answer to the first.
"""

import hashlib
import io
import sys
import threading

import moto.server
from moto.core.responses import ActionResult
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response


class AnsweredOnce:
    def __init__(self, app):
        self.app = app
        self.calls = {}
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if invocation is None:
            return self.app(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        # What stands between client and emulator may make further calls in the name of one.
        call = (invocation, environ["PATH_INFO"], environ.get("HTTP_X_AMZ_TARGET"), hashlib.sha256(body).digest())
        with self.lock:
            known = self.calls.setdefault(call, {"lock": threading.Lock(), "answer": None})
        with known["lock"]:
            answer = known["answer"] or self.answer(environ)
            # A failure of the emulator itself is worth another attempt.
            if not answer[0].startswith("5"):
                known["answer"] = answer
        status, headers, text = answer
        start_response(status, headers)
        return [text]

    def answer(self, environ):
        head = []
        chunks = self.app(environ, lambda status, headers, *_: head.extend((status, headers)))
        return (*head, b"".join(chunks))


FakeLoadBalancer.enforce_security_group_inbound_rules_on_private_link_traffic = "on"
set_security_groups = ELBV2Response.set_security_groups


def set_security_groups_and_flag(self):
    answer = set_security_groups(self)
    flag = self._get_param("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
    if flag is not None:
        load_balancer = self.elbv2_backend.load_balancers[self._get_param("LoadBalancerArn")]
        load_balancer.enforce_security_group_inbound_rules_on_private_link_traffic = flag
    return answer


ELBV2Response.set_security_groups = set_security_groups_and_flag


def with_interfaces(method):
    """Has each load balancer have an interface in each of its subnets, which only its description tells from others."""

    def method_and_interfaces(self, *args, **kwargs):
        answer = method(self, *args, **kwargs)
        wanted = {
            (subnet.id, "ELB " + load_balancer.arn.split("loadbalancer/")[1]): subnet
            for load_balancer in self.load_balancers.values()
            for subnet in load_balancer.subnets
        }
        there = {
            (interface.subnet.id, interface.description): interface.id
            for interface in self.ec2_backend.enis.values()
            if (interface.description or "").startswith("ELB ")
        }
        for key in there.keys() - wanted.keys():
            self.ec2_backend.delete_network_interface(there[key])
        for key in wanted.keys() - there.keys():
            self.ec2_backend.create_network_interface(wanted[key], None, description=key[1])
        return answer

    return method_and_interfaces


for name in ["create_load_balancer", "set_subnets", "delete_load_balancer"]:
    setattr(ELBv2Backend, name, with_interfaces(getattr(ELBv2Backend, name)))
# Private DNS names are verified as soon as there is one.
VPCEndpointServiceConfiguration.start_vpc_endpoint_service_private_dns_verification = lambda self: ActionResult(
    {"ReturnValue": True}
)
run_simple = moto.server.run_simple
moto.server.run_simple = lambda host, port, app, **options: run_simple(host, port, AnsweredOnce(app), **options)
moto.server.main(sys.argv[1:])
