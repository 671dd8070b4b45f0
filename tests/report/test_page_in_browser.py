"""The page of a run in headless Chromium: it loads alone, moves, sorts, and takes no name for markup."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from html_pages import NAUGHTY, compared_page, repeated_page, small_page, studied_pages
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from sim.report.page import write_report
from sim.scenario import load
from sim.studies.runs import run

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",  # nothing is clicked while it scrolls
)
PATIENCE = 60.0  # seconds


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    """Chromium as the system has it. Where tests are a gate, to be without it is a fault."""
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        if os.environ.get("CI"):
            pytest.fail("there is no chromium or no chromedriver; .ci/run installs them")
        pytest.skip("needs chromium and chromedriver: apt install chromium chromium-driver")
    options = ChromeOptions()
    options.binary_location = binary
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    chrome.set_script_timeout(PATIENCE)
    yield chrome
    chrome.quit()


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small_page(tmp_path_factory.mktemp("naughty"), naughty=True)
    return write_report(made.record, made.scenario, tmp_path_factory.mktemp("page"), made.beside)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = load("mooring-shutdown-2022")
    beside = run(load("baseline-2022"))
    return write_report(run(scenario), scenario, tmp_path_factory.mktemp("page"), beside)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = compared_page(tmp_path_factory.mktemp("compared"), naughty=True)
    return written(tmp_path_factory, made.text)


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = repeated_page(tmp_path_factory.mktemp("repeated"), naughty=True)
    return written(tmp_path_factory, made.text)


def written(folders: pytest.TempPathFactory, text: str) -> Path:
    file = folders.mktemp("page") / "report.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(params=["naughty", "shipped"])
def a_run(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return studied_pages(tmp_path_factory.mktemp("studied"))


@pytest.fixture(params=["naughty", "shipped", "compared", "repeated"])
def any_page(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def open_page(browser: Chrome, file: Path, width: int = 1280) -> None:
    """Open a page by its file, and wait until its plots are drawn."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for kind in ("browser", "performance"):
        browser.get_log(kind)
    browser.get(file.as_uri())
    browser.execute_async_script("const done = arguments[0]; page.drawn.then(done, done)")


def script(browser: Chrome, code: str) -> Any:
    return browser.execute_script(code)


def requests(browser: Chrome) -> list[str]:
    told = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    return [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]


def widths(browser: Chrome) -> list[str]:
    """Return the drawn width of each visible way of the map."""
    found: list[str] = script(
        browser,
        "return [...document.querySelectorAll('.map:not([hidden]) .core')]"
        ".map((line) => line.style.visibility + line.style.strokeWidth)",
    )
    return found


def texts(browser: Chrome, selector: str) -> list[str]:
    """The texts of all that a selector means, also of what is drawn."""
    told = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
    found: list[str] = browser.execute_script(told, selector)
    return found


def shown_date(browser: Chrome) -> str:
    return browser.find_element(By.ID, "date").text


def test_a_page_loads_without_a_word_or_a_request(browser: Chrome, any_page: Path) -> None:
    open_page(browser, any_page)
    assert browser.get_log("browser") == []
    assert requests(browser) == [any_page.as_uri()]


def test_every_plot_is_drawn_and_none_can_be_sent_away(browser: Chrome, any_page: Path) -> None:
    open_page(browser, any_page)
    plots = browser.find_elements(By.CSS_SELECTOR, ".drawing")
    assert len(plots) >= 3
    for plot in plots:
        drawn = ".main-svg .trace, .main-svg .scatterlayer path"
        explained = ".main-svg .annotation"  # of a chart with nothing in it, the words that say why
        assert plot.find_elements(By.CSS_SELECTOR, f"{drawn}, {explained}")
        buttons = plot.find_elements(By.CSS_SELECTOR, ".modebar-btn")
        titles = {str(button.get_attribute("data-title")) for button in buttons}
        assert len(titles) == 6 and not [one for one in titles if "loud" in one or "hare" in one]


def test_the_slider_moves_the_flows(browser: Chrome, a_run: Path) -> None:
    open_page(browser, a_run)
    slider = browser.find_element(By.ID, "when")
    slider.send_keys(Keys.HOME)
    first = shown_date(browser), widths(browser)
    assert first[0] == "1 Jan 2022"
    slider.send_keys(Keys.END)
    assert shown_date(browser) != first[0]
    assert slider.get_attribute("aria-valuetext") == shown_date(browser)
    assert widths(browser) != first[1]
    slider.send_keys(Keys.ARROW_LEFT)
    assert slider.get_attribute("value") == str(int(str(slider.get_attribute("max"))) - 1)
    assert browser.get_log("browser") == []


def test_what_is_shut_is_marked_on_its_days(browser: Chrome, shipped: Path) -> None:
    open_page(browser, shipped)
    crossed = ".map:not([hidden]) .place.shut text"
    script(browser, "page.show(0)")
    assert texts(browser, crossed) == []
    script(browser, "page.show(page.dates.indexOf('2022-03-25'))")
    assert texts(browser, crossed) == ["CPC marine terminal, Novorossiysk", "3 of 3 berths closed"]
    assert "SPM-1" in browser.find_element(By.ID, "standing").text
    strained = "return document.querySelectorAll('.map:not([hidden]) .disc.strained').length"
    assert script(browser, strained) == 1


def test_the_run_beside_can_be_put_on_the_map(browser: Chrome, shipped: Path) -> None:
    open_page(browser, shipped)
    script(browser, "page.show(page.dates.indexOf('2022-03-25'))")
    differs = "return document.querySelectorAll('.map:not([hidden]) .way.less').length"
    assert script(browser, differs) > 0
    ours = widths(browser)
    browser.find_element(By.ID, "compare").click()
    assert script(browser, differs) == 0
    browser.find_element(By.CSS_SELECTOR, "input[name=run][value=reference]").click()
    assert widths(browser) != ours
    assert not browser.find_elements(By.CSS_SELECTOR, ".map:not([hidden]) .place.shut")


def test_play_goes_on_alone_and_stops(browser: Chrome, shipped: Path) -> None:
    open_page(browser, shipped)
    script(browser, "page.show(360)")
    play = browser.find_element(By.ID, "play")
    play.click()
    assert play.get_attribute("aria-pressed") == "true"
    WebDriverWait(browser, PATIENCE).until(lambda _: shown_date(browser) == "31 Dec 2022")
    WebDriverWait(browser, PATIENCE).until(lambda _: play.get_attribute("aria-pressed") == "false")


def test_a_line_of_the_story_takes_the_map_to_its_day(browser: Chrome, shipped: Path) -> None:
    open_page(browser, shipped)
    browser.find_element(By.ID, "find-story").send_keys("SPM-1 shut inspection")
    buttons = browser.find_elements(By.CSS_SELECTOR, "#story-lines li:not([hidden]) button")
    assert len(buttons) == 1
    buttons[0].click()
    assert shown_date(browser) == "23 Mar 2022"


def test_tables_sort_and_filter(browser: Chrome, shipped: Path) -> None:
    open_page(browser, shipped)
    button = browser.find_element(By.XPATH, "//section[@id='measures']//th[4]/button")
    numbers = (
        "return [...document.querySelectorAll('#measure-rows tr')].map((row) => row.cells[3].dataset.sort)"
        ".filter((text) => text !== '').map(Number)"
    )
    for way in (1, -1):
        button.click()
        found = script(browser, numbers)
        assert found == sorted(found, key=lambda number: way * number)
    shown = "return document.querySelectorAll('#number-rows tr:not([hidden])').length"
    all_rows = script(browser, shown)
    browser.find_element(By.CSS_SELECTOR, "[data-only=is-assumed]").click()
    assumed = script(browser, shown)
    browser.find_element(By.ID, "find-numbers").send_keys("tank farm")
    assert 0 < script(browser, shown) < assumed < all_rows


def test_names_with_markup_stay_text(browser: Chrome, naughty: Path) -> None:
    open_page(browser, naughty)
    assert "hit" not in browser.title.split(NAUGHTY)[0]
    assert browser.title.startswith("A <b>year</b> & </script>")
    assert not browser.find_elements(By.CSS_SELECTOR, "b, i, u, em, img, main h1, a[href*=evil]")
    assert not browser.find_elements(By.XPATH, "//*[@onload or @onerror]")
    assert "<b>Port</b> & co" in texts(browser, ".place text")
    assert any(text.startswith("<svg onload") for text in texts(browser, ".drawing .annotation"))
    assert any("<u>Tanks</u>" in text for text in texts(browser, ".drawing .annotation"))
    assert any(">Well</a>" in text for text in texts(browser, ".drawing .legendtext"))
    script(browser, "page.show(page.dates.length - 1)")
    assert "<svg onload" in browser.find_element(By.ID, "standing").text
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_nothing_sticks_out_sideways(browser: Chrome, any_page: Path, width: int) -> None:
    open_page(browser, any_page, width)
    wide, seen = script(
        browser,
        "const {scrollWidth, clientWidth} = document.documentElement;return [scrollWidth, clientWidth]",
    )
    assert wide == seen <= width


def hover(browser: Chrome, plot: str, part: float) -> str:
    """Point at a part of a plot's width, and give all that it then tells."""
    place = browser.find_element(By.ID, plot)
    script(browser, f"document.getElementById({plot!r}).scrollIntoView({{block: 'center'}})")
    box = place.find_element(By.CSS_SELECTOR, ".nsewdrag")
    move = ActionChains(browser).move_to_element_with_offset(box, int((part - 0.5) * box.size["width"]), 0)
    move.pause(0.1).move_by_offset(1, 1).perform()
    labels = (By.CSS_SELECTOR, f"#{plot} .hoverlayer text")
    WebDriverWait(browser, PATIENCE).until(lambda found: found.find_elements(*labels))
    return " ".join(texts(browser, f"#{plot} .hoverlayer text"))


def test_a_plot_answers_to_the_mouse(browser: Chrome, shipped: Path) -> None:
    open_page(browser, shipped)
    told = hover(browser, "plot-throughput", 0.5)
    assert "Jul 2022" in told and "CPC" in told and "Reference run" in told and "kt/day" in told


@pytest.mark.parametrize(("page", "plot"), [("naughty", "curtailment"), ("compared", "comparison")])
def test_markup_stays_text_where_a_plot_is_pointed_at(
    browser: Chrome, request: pytest.FixtureRequest, page: str, plot: str
) -> None:
    open_page(browser, request.getfixturevalue(page))
    told = hover(browser, f"plot-{plot}", 0.5)
    if page == "naughty":
        assert ">Well</a>" in told
    assert not browser.find_elements(By.CSS_SELECTOR, ".hoverlayer [style*=underline], .hoverlayer a")
    assert browser.get_log("browser") == []


def test_another_plot_can_be_chosen_by_its_name(browser: Chrome, compared: Path) -> None:
    open_page(browser, compared)
    choice = browser.find_element(By.CSS_SELECTOR, "select[data-plot=comparison-boxes]")
    heading = browser.find_element(By.XPATH, "//figure[.//*[@id='plot-comparison-boxes']]//h3")
    before = heading.text
    choice.send_keys(Keys.ARROW_DOWN)
    WebDriverWait(browser, PATIENCE).until(lambda _: heading.text != before)
    assert heading.text.startswith("Containers arriving")


def test_differences_can_be_filtered_by_what_is_certain(browser: Chrome, compared: Path) -> None:
    open_page(browser, compared)
    rows = "return document.querySelectorAll('#differences-rows tr:not([hidden])').length"
    before = script(browser, rows)
    browser.find_element(By.CSS_SELECTOR, "[data-filter=differences-rows][data-only=marked]").click()
    assert script(browser, rows) < before


def test_on_a_phone_plots_are_laid_out_anew_and_the_map_is_large_enough(
    browser: Chrome, shipped: Path
) -> None:
    open_page(browser, shipped, 390)
    least = "return document.querySelector('.sheet > svg').getBoundingClientRect().width"
    assert script(browser, least) >= 700
    narrow = "return document.getElementById('plot-throughput').layout.margin.l"
    assert script(browser, narrow) == 46
    outside = """return [...document.querySelectorAll('.drawing .annotation text')].filter((one) => {
      const plot = one.closest('.drawing').getBoundingClientRect(), box = one.getBoundingClientRect();
      return box.left < plot.left - 1 || box.right > plot.right + 1;
    }).map((one) => one.textContent)"""
    assert script(browser, outside) == []
    size = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    WebDriverWait(browser, PATIENCE).until(lambda _: script(browser, narrow) == 62)


def test_pages_of_studies_load_alone_draw_their_plots_and_take_nothing_for_markup(
    browser: Chrome, studied: list[Path]
) -> None:
    for file in studied:
        for width in (1280, 390):
            open_page(browser, file, width)
            assert browser.get_log("browser") == []
            # a map of colours is a picture that the page itself holds
            assert [one for one in requests(browser) if not one.startswith("data:")] == [file.as_uri()]
            assert not browser.find_elements(By.CSS_SELECTOR, "b, i, u, em, img, a[href*=evil]")
            assert "hit" not in browser.title.split(NAUGHTY)[0]
            wide, seen = script(
                browser,
                "const {scrollWidth, clientWidth} = document.documentElement;"
                "return [scrollWidth, clientWidth]",
            )
            assert wide == seen
        assert script(browser, "return document.querySelectorAll('.drawing .main-svg').length") > 0
