"""compose.yaml and the Dockerfile agree with each other and with the service, though no engine runs here."""

import pathlib
import re
from typing import Any

import pytest
import yaml

ROOT = pathlib.Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "pekanbaru-smart"}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_every_word_in_it_is_one_that_compose_knows() -> None:
    known = (
        "image build command restart env_file environment volumes networks configs read_only tmpfs cap_drop "
        "security_opt depends_on ports healthcheck stop_grace_period shm_size"
    )

    assert {word for service in SERVICES.values() for word in service} <= set(known.split())
    assert {word for word in COMPOSE if not word.startswith("x-")} == {
        "name",
        "services",
        "networks",
        "volumes",
        "configs",
    }


def test_the_proxy_alone_is_open_to_the_world() -> None:
    open_ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert open_ports == {"proxy": ["80:80", "443:443", "443:443/udp"]}


def test_the_database_has_no_way_out() -> None:
    assert SERVICES["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_can_come_true(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        if wait["condition"] == "service_healthy":
            assert "test" in SERVICES[other].get("healthcheck", {}) or "HEALTHCHECK" in DOCKERFILE
        else:
            assert wait["condition"] == "service_completed_successfully"
            assert SERVICES[other]["restart"] == "no"


@pytest.mark.parametrize("name", SERVICES)
def test_networks_volumes_and_configs_are_declared(name: str) -> None:
    service = SERVICES[name]

    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
    assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
    assert {config["source"] for config in service.get("configs", [])} <= set(COMPOSE["configs"])


@pytest.mark.parametrize("name", OURS)
def test_our_own_services_are_kept_small_in_rights(name: str) -> None:
    service = OURS[name]

    assert service["env_file"] == ".env"
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert any(volume.endswith(":/srv/data") for volume in service["volumes"])


def test_every_setting_it_hands_over_is_one_the_service_reads() -> None:
    documented = re.findall(r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    of_others = {"FORWARDED_ALLOW_IPS", "POSTGRES_PASSWORD"}  # uvicorn's own, and compose's for the database
    handed_over = {setting for service in OURS.values() for setting in service["environment"]}
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text("utf-8")))

    assert (handed_over | asked_for) - of_others <= set(documented)


def test_no_secret_is_written_down() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8") + DOCKERFILE

    written = re.findall(r"(?:SECRET|TOKEN|PASSWORD|KEY)\w*\s*(?::(?!\?)|=)\s*(\S+)", text)
    assert [value for value in written if not value.startswith("${")] == []


def test_the_image_runs_as_nobody_special_and_not_in_a_folder_named_app() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]

    assert re.search(r"^USER pekanbaru$", last_stage, re.MULTILINE)
    assert re.findall(r"^WORKDIR (.*)$", last_stage, re.MULTILINE) == ["/srv"]
    assert re.findall(r"^COPY (.*)$", last_stage, re.MULTILINE) == ["--from=build /srv/venv /srv/venv"]


def test_the_image_builds_from_what_docker_is_shown() -> None:
    shown = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[0] == "!"]
    copied = re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()[:-1]}

    assert sources == set(shown)
    assert all((ROOT / source).exists() for source in sources)
