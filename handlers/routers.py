"""All routers in the order in which they are asked."""

from aiogram import Router

from handlers import customer, fallback, finding, membership, owner, staff, vouchers


def build_routers() -> list[Router]:
    """New routers each time: aiogram lets a router into one dispatcher only."""
    return [
        owner.build_router(),
        vouchers.build_router(),
        finding.build_router(),
        customer.build_router(),
        staff.build_router(),
        membership.build_router(),
        fallback.build_router(),
    ]
