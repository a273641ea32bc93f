from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0058_exports"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="phase",
            field=models.PositiveSmallIntegerField(default=0, help_text="Which of the phases of its kind it is in."),
        ),
    ]
