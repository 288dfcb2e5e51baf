"""Whether a stated quantity holds: measured on the ground, or computed from other claims.

``checking`` goes through the claims of a casebook or text. ``statements`` say what each states,
``ground`` compares it with a measurement, ``arithmetic`` with other numbers, ``territory`` and
``frontline`` with snapshots of the front; ``alternatives`` are other readings of a wrong number,
``whereabouts`` the points of the events that claims are made of.
``verdicts`` are what comes out, as facts. ``moves`` lays reported advances, ``agreement`` the rows
of one casebook beside each other.
"""
