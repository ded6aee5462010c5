"""How many people are held, when places run out, and what becomes of those without one."""
