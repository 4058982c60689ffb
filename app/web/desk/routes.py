"""Every address of the desk, in one list: the application serves it, and the tests walk through it."""

from fastapi import APIRouter

from app.web.desk import acts, case_page, home, putting_right, search, triage

routers: tuple[APIRouter, ...] = (
    home.router,
    search.router,
    triage.router,
    putting_right.router,
    case_page.router,
    acts.router,
)
