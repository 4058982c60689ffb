"""The edge: what is served over HTTP, staff and departments, and the processes. Nothing imports it."""
